import { domToCanvas } from 'modern-screenshot';

/** Device pixels of a picture of the screen for each CSS pixel. */
const SCALE = 2;

/** What the screen shows, as pixels; canvases are taken as they are drawn. @param screen the element that holds it */
export const lookAt = (screen: HTMLElement): Promise<HTMLCanvasElement> =>
  domToCanvas(screen, {
    scale: SCALE,
    // Nothing is fetched for a look: the pictures are here already, and fonts are the system's.
    font: false,
    filter: (node) => !(node instanceof HTMLElement && node.hidden),
  });

/** A screenshot as the phone stores it. @param isHidden whether the mini-program has asked to be black in captures */
export const capture = async (screen: HTMLElement, isHidden: boolean): Promise<Blob> => {
  const canvas = await lookAt(screen);
  if (isHidden) {
    const context = canvas.getContext('2d');
    if (context) {
      context.fillStyle = '#000000';
      context.fillRect(0, 0, canvas.width, canvas.height);
    }
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the screen cannot be captured'))), 'image/png');
  });
};
