import { fileId } from '../../../protocol';
import type { FaceTemplate, StepUpState } from '../../_core/step-up/step-up-state';
import { packFloats, unpackFloats } from './packed-document';

/** A face template as JSON: floats as base64. */
export type PackedTemplate = Omit<FaceTemplate, 'embedding'> & { readonly embedding: string };

type PackedStepUp = Omit<StepUpState, 'template' | 'pictures'> & {
  readonly template: PackedTemplate | null;
  readonly pictures: readonly string[];
};

export const packTemplate = (template: FaceTemplate | null): PackedTemplate | null =>
  template && { ...template, embedding: packFloats(template.embedding) };

export const unpackTemplate = (packed: PackedTemplate | null): FaceTemplate | null =>
  packed && { ...packed, embedding: unpackFloats(packed.embedding) };

/** The state of step-ups as JSON. */
export const packStepUp = ({ template, ...rest }: StepUpState): PackedStepUp => ({
  ...rest,
  template: packTemplate(template),
});

/** What `packStepUp` packed. @param packed JSON that a seal has proved to be this service's */
export const unpackStepUp = (packed: unknown): StepUpState => {
  const { template, pictures, ...rest } = packed as PackedStepUp;
  return { ...rest, template: unpackTemplate(template), pictures: pictures.map(fileId) };
};
