// A process of its own that calls a function many times at one moment, as one of many phones would. Started by processes.ts.

/** @param {{ url: string, openId: string, name: string, events: readonly object[] }} order */
const serve = ({ url, openId, name, events }) => {
  const ask = async (event) => {
    const request = { method: 'POST', headers: { 'x-local-openid': openId }, body: JSON.stringify(event) };
    return (await (await fetch(`${url}/wx/call/${name}`, request)).json()).result;
  };
  process.once('message', () => {
    void Promise.all(events.map(ask)).then((replies) => process.send({ replies }));
  });
  // One call ahead, refused for its action, so that connections and instances are awake.
  void ask({ action: 'none' }).then(() => process.send('ready'));
};

process.once('message', serve);
