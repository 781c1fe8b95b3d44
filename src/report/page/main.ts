import { type PageData, pageElements } from '../html/page-data.ts';
import { App } from './app.ts';

/** The page's script: takes the data out of the page and builds the rest. */
const data = document.getElementById(pageElements.data)?.textContent;
if (data !== undefined && data !== null) {
  new App(JSON.parse(data) as PageData).start();
}
