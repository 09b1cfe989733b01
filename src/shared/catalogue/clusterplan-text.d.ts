/** A plan file imported as its text, by the bundler's `?raw`. */
declare module '*.clusterplan?raw' {
  const text: string;
  export { text as default };
}
