export * from '../protocol';
