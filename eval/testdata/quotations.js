// Finds the quotations of a corpus by compromise, and prints how many there are.
// Arguments: the folder that compromise was installed into, and the corpus, gzipped JSON lines.
const fs = require('fs')
const path = require('path')
const zlib = require('zlib')

const [folder, corpus] = process.argv.slice(2)
const nlp = require(path.join(folder, 'node_modules', 'compromise')).default
const lines = zlib.gunzipSync(fs.readFileSync(corpus)).toString().trim().split('\n')
let found = 0
for (const line of lines) {
  found += nlp(JSON.parse(line).text).quotations().length
}
console.log(found)
