/**
 * Where a phone's frame finds what it needs, all on the origin that it came from.
 *
 * - `/phone/?phone=<id>`: the frame. Settings of its first start come from `&settings=<JSON>`; later they are its own.
 * - `/phone/bundle.js`: the mini-program (`PhoneBundle`).
 * - `/phone/files/<path>`: a file of the mini-program, such as an image.
 * - `/cloud/<path>`: the local CloudBase's gateway (`POST /cloud/wx/call/<function>`, `POST /cloud/wx/upload?cloudPath=…`,
 *   `POST /cloud/wx/subscribe`, `GET /cloud/wx/messages?after=…`).
 * - `/people/<id>/<picture>.jpg`: a sample person's picture. `/people.json`: `{ id, name: { zh, en } }[]`.
 */
export const addresses = {
  bundle: '/phone/bundle.js',
  file: (path: string) => `/phone/files/${path}`,
  cloud: '/cloud',
  picture: (person: string, picture: string) => `/people/${person}/${picture}.jpg`,
} as const;
