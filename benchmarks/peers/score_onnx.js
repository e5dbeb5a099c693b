// How long ONNX Runtime takes to score candidates: node score_onnx.js MODEL.onnx [--threads 1] [--candidates 1,100,500] [--rounds 400] [--fields 26] [--rows 100000]
// Prints one JSON document a number of candidates. The ids of a call are random and drawn beforehand; reading them is part of a call.
const ort = require('onnxruntime-node');

const BATCHES = 64, WARM_UP = 50;
const file = process.argv[2];
const options = {threads: '1', candidates: '1,100,500', rounds: '400', fields: '26', rows: '100000'};
for (let i = 3; i < process.argv.length; i += 2) {
  const name = process.argv[i].replace(/^--/, '');
  if (!(name in options) || !(i + 1 < process.argv.length)) throw new Error(`there is no option '${process.argv[i]}', or it has no value`);
  options[name] = process.argv[i + 1];
}
const [threads, rounds, fields, rows] = ['threads', 'rounds', 'fields', 'rows'].map(name => Number(options[name]));

(async () => {
  const session = await ort.InferenceSession.create(file, {intraOpNumThreads: threads, interOpNumThreads: 1, graphOptimizationLevel: 'all'});
  for (const candidates of options.candidates.split(',').map(Number)) {
    const feeds = Array.from({length: BATCHES}, () => {
      const ids = new BigInt64Array(candidates * fields).map(() => BigInt(Math.floor(Math.random() * rows)));
      return {[session.inputNames[0]]: new ort.Tensor('int64', ids, [candidates, fields])};
    });
    for (let i = 0; i < WARM_UP; i++) await session.run(feeds[i % BATCHES]);
    const ms = [];
    for (let i = 0; i < rounds; i++) {
      const start = process.hrtime.bigint();
      await session.run(feeds[i % BATCHES]);
      ms.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
    ms.sort((a, b) => a - b);
    console.log(JSON.stringify({threads, candidates, p50_ms: +ms[Math.floor(rounds / 2)].toFixed(4), p99_ms: +ms[Math.floor(0.99 * rounds)].toFixed(4),
      onnxruntime: require('onnxruntime-node/package.json').version}));
  }
})();
