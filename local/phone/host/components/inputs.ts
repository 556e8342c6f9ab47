import { RESET } from './form';
import { numberOf, textOf, type BuiltIn, type BuiltInNode } from './built-in';

const keyboards: Readonly<Record<string, string>> = { number: 'numeric', idcard: 'text', digit: 'decimal', tel: 'tel' };

const properties = {
  value: '',
  type: 'text',
  password: false,
  placeholder: '',
  placeholderStyle: '',
  placeholderClass: 'input-placeholder',
  disabled: false,
  maxlength: 140,
  cursorSpacing: 0,
  autoFocus: false,
  focus: false,
  confirmType: 'done',
  confirmHold: false,
  alwaysEmbed: false,
  cursor: -1,
  cursorColor: '',
  selectionStart: -1,
  selectionEnd: -1,
  adjustPosition: true,
  holdKeyboard: false,
  safePasswordCertPath: '',
  safePasswordLength: null,
  safePasswordTimeStamp: null,
  safePasswordNonce: '',
  safePasswordSalt: '',
  safePasswordCustomHash: '',
  name: '',
  autoHeight: false,
  fixed: false,
  showConfirmBar: true,
  disableDefaultPadding: false,
  adjustKeyboardTo: 'cursor',
  autoFill: '',
  allowSpeechInput: false,
} as const;

const attach = (node: BuiltInNode, field: HTMLInputElement | HTMLTextAreaElement) => {
  node.element.append(field);
  field.addEventListener('input', (event) => {
    event.stopPropagation();
    node.set('value', field.value);
    node.emit('input', { value: field.value, cursor: field.selectionStart ?? field.value.length });
  });
  node.element.addEventListener(RESET, () => node.set('value', ''));
  field.addEventListener('focus', () => node.emit('focus', { value: field.value, height: 0 }));
  field.addEventListener('blur', () => node.emit('blur', { value: field.value }));
  field.addEventListener('keydown', (event) => {
    if (event instanceof KeyboardEvent && event.key === 'Enter' && field instanceof HTMLInputElement)
      node.emit('confirm', { value: field.value });
  });
  return {
    update: (property: string, value: unknown): void => {
      if (property === 'value' && field.value !== textOf(value)) field.value = textOf(value);
      if (property === 'placeholder') field.placeholder = textOf(value);
      if (property === 'disabled') field.disabled = value === true;
      if (property === 'maxlength') {
        const most = numberOf(value, 140);
        if (most >= 0) field.maxLength = most;
        else field.removeAttribute('maxlength');
      }
      if (property === 'focus' && value === true) field.focus();
      if (property === 'ariaLabel' && textOf(value) !== '') {
        field.setAttribute('aria-label', textOf(value));
        node.element.removeAttribute('aria-label');
      }
      if (field instanceof HTMLInputElement && (property === 'password' || property === 'type')) {
        field.type = node.get('password') === true ? 'password' : 'text';
        field.inputMode = keyboards[textOf(node.get('type'))] ?? 'text';
      }
    },
  };
};

/** Fields that are typed into. */
export const inputs: readonly BuiltIn[] = [
  { tag: 'input', properties, attach: (node) => attach(node, document.createElement('input')) },
  { tag: 'textarea', properties, attach: (node) => attach(node, document.createElement('textarea')) },
];
