// Shows the next page once the opening has moved on.
const poll = async () => {
  try {
    const { state } = await (await fetch(`${location.pathname}/state`, { cache: 'no-store' })).json();
    if (state !== 'asking') return location.reload();
  } catch {
    // The bank's own server is away for a moment.
  }
  setTimeout(poll, 1000);
};
setTimeout(poll, 1000);
