import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Raster } from './image/raster';

/** A named result of a network. */
export interface Output {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** Runs a network on its one input. @returns its outputs by name, in the order of the model */
export type Network = (input: Float32Array, shape: readonly number[]) => Promise<readonly Output[]>;

/**
 * Loads an ONNX model with one input for the CPU.
 *
 * @param file path of the model
 * @param threads threads that one run may use
 */
export async function loadNetwork(file: string, threads: number): Promise<Network> {
  const session = await InferenceSession.create(file, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    // Plans per input shape would be kept for every width of a line of text.
    enableMemPattern: false,
    // Waiting threads give way: where others use the cores, spinning doubles the time of a picture.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const [inputName = ''] = session.inputNames;
  return async (input, shape) => {
    const results = await session.run({ [inputName]: new Tensor('float32', input, shape) });
    return session.outputNames.map((name) => {
      const tensor = results[name];
      if (!(tensor?.data instanceof Float32Array))
        throw new TypeError(`${file}: output ${name} holds no 32-bit floats`);
      return { data: tensor.data, shape: tensor.dims };
    });
  };
}

/** Per channel, in the order blue, green, red: value = (byte − shift) / scale. */
export interface Normalisation {
  readonly shift: readonly [number, number, number];
  readonly scale: readonly [number, number, number];
}

/** The same shift and scale for every channel. */
export const uniform = (shift: number, scale: number): Normalisation => ({
  shift: [shift, shift, shift],
  scale: [scale, scale, scale],
});

/**
 * Lays a raster out as the networks want it: planes of blue, green and red. All of them were trained on BGR; fed with RGB they run
 * without complaint, and the anti-spoof net then refuses two live persons of three.
 *
 * @param width at least the raster's; what is beyond it is 0
 */
export function bgrPlanes(raster: Raster, { shift, scale }: Normalisation, width = raster.width): Float32Array {
  const plane = width * raster.height;
  const planes = new Float32Array(plane * 3);
  for (let channel = 0; channel < 3; channel++) {
    const [s = 0, d = 1] = [shift[channel], scale[channel]];
    for (let y = 0; y < raster.height; y++) {
      let source = y * raster.width * 3 + 2 - channel;
      let target = channel * plane + y * width;
      for (let x = 0; x < raster.width; x++, source += 3) planes[target++] = ((raster.data[source] ?? 0) - s) / d;
    }
  }
  return planes;
}
