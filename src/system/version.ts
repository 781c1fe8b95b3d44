/** This product's version, as package.json has it; a test holds the two together. */
export const version = '0.1.0';

/** The pinned version of the comparison, which decides every verdict. */
export const pixelmatchVersion = '7.2.0';
