// Shows the page anew once the opening has moved on: the customer has answered, or the provider has told something of the account.
const { revision: shown } = document.body.dataset;

/** Whoever presses a button or follows a link is on their way already. */
let isLeaving = false;
for (const sign of ['submit', 'beforeunload']) addEventListener(sign, () => (isLeaving = true));

const poll = async () => {
  try {
    const { revision } = await (await fetch(`${location.pathname}/state`, { cache: 'no-store' })).json();
    if (!isLeaving && String(revision) !== shown) return location.reload();
  } catch {
    // The bank's own server is away for a moment.
  }
  setTimeout(poll, 1000);
};
setTimeout(poll, 1000);
