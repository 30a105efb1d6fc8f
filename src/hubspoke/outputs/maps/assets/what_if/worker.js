"use strict";
/* The kernel beside the page's thread, made of the page's own text, so that nothing is loaded and the page stays alive. */
(function () {
  const BODY = `
    const kernel = (MAKE)();
    let told = null;
    onmessage = ({ data: { number, facts, question } }) => {
      told = facts || told;
      postMessage({ number, found: kernel.solve(told, question) });
    };`;
  const waiting = new Map();
  let worker = null;
  let cannot = false;
  let count = 0;

  function start(facts) {
    const address = URL.createObjectURL(new Blob([BODY.replace("MAKE", () => hubspoke.makeKernel.toString())], { type: "text/javascript" }));
    worker = new Worker(address);
    worker.onmessage = ({ data: { number, found } }) => {
      waiting.get(number)(found);
      waiting.delete(number);
      if (!waiting.size) URL.revokeObjectURL(address);
    };
    return facts;
  }

  /* A promise of what the kernel finds, one question after the other, or of null where `stop` comes before; null itself
     where the browser has no such thread for this page. */
  function run(facts, question) {
    if (cannot) return null;
    let first = null;
    try {
      if (!worker) first = start(facts);
    } catch {
      cannot = true;
      return null;
    }
    const number = count;
    count += 1;
    return new Promise((resolve) => {
      waiting.set(number, resolve);
      worker.postMessage({ number, facts: first, question });
    });
  }

  /* What is sought no more is not sought to its end. */
  function stop() {
    if (!waiting.size) return;
    worker.terminate();
    worker = null;
    for (const resolve of waiting.values()) resolve(null);
    waiting.clear();
  }

  Object.assign(hubspoke, { worker: { run, stop } });
})();
