/** Rows of modules, true where it is dark. */
type CodeSymbol = readonly (readonly boolean[])[];

type Query = ReturnType<WechatMiniprogram.Component.InstanceMethods<object>['createSelectorQuery']>;

interface CanvasNode {
  width: number;
  height: number;
  getContext(kind: '2d'): {
    fillStyle: string;
    fillRect(x: number, y: number, width: number, height: number): void;
  };
}

const isCanvas = (node: unknown): node is CanvasNode =>
  typeof node === 'object' && node !== null && 'getContext' in node;

/** Device pixels of one module: whole ones, so that every edge is sharp at any size of screen. */
const MODULE_PIXELS = 16;

/** Draws a symbol on the page's canvas, black on white in every theme: scanners expect no other. */
export const drawSymbol = (page: { createSelectorQuery(): Query }, symbol: CodeSymbol): Promise<void> =>
  new Promise((resolve) => {
    page
      .createSelectorQuery()
      .select('#code')
      .fields({ node: true }, ({ node }: { readonly node?: unknown } = {}) => {
        if (isCanvas(node)) {
          node.width = (symbol[0]?.length ?? 0) * MODULE_PIXELS;
          node.height = symbol.length * MODULE_PIXELS;
          const context = node.getContext('2d');
          context.fillStyle = '#ffffff';
          context.fillRect(0, 0, node.width, node.height);
          context.fillStyle = '#000000';
          for (const [y, row] of symbol.entries())
            for (const [x, isDark] of row.entries())
              if (isDark) context.fillRect(x * MODULE_PIXELS, y * MODULE_PIXELS, MODULE_PIXELS, MODULE_PIXELS);
        }
        resolve();
      })
      .exec();
  });
