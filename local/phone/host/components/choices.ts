import { reflect, textOf, type BuiltIn, type BuiltInNode } from './built-in';
import { RESET } from './form';

const setChecked = (node: BuiltInNode, value: unknown): void => {
  reflect(node.element, 'checked', value === true);
  node.element.setAttribute('aria-checked', String(value === true));
};

/** A group finds its boxes by what they dispatch on the document's elements. */
const CHANGED = 'wx-choice';
interface Choice {
  readonly value: string;
  readonly checked: boolean;
}

const box = (tag: 'checkbox' | 'radio'): BuiltIn => ({
  tag,
  properties: { value: '', checked: false, disabled: false, color: '', backgroundColor: '', borderColor: '', name: '' },
  attach: (node) => {
    const { element } = node;
    element.setAttribute('role', tag);
    element.tabIndex = 0;
    node.on('tap', () => {
      const checked = tag === 'radio' || node.get('checked') !== true;
      if (node.get('disabled') === true || (tag === 'radio' && node.get('checked') === true)) return;
      node.set('checked', checked);
      element.dataset['value'] = textOf(node.get('value'));
      const detail: Choice = { value: textOf(node.get('value')), checked };
      element.dispatchEvent(new CustomEvent(CHANGED, { bubbles: true, detail }));
    });
    for (const undone of ['wx-uncheck', RESET]) element.addEventListener(undone, () => node.set('checked', false));
    return {
      update: (property, value) => {
        if (property === 'checked') setChecked(node, value);
        if (property === 'value') element.dataset['value'] = textOf(value);
      },
    };
  },
});

const group = (tag: 'checkbox' | 'radio'): BuiltIn => ({
  tag: `${tag}-group`,
  properties: { name: '' },
  attach: (node) => {
    if (tag === 'radio') node.element.setAttribute('role', 'radiogroup');
    node.element.addEventListener(CHANGED, (event) => {
      event.stopPropagation();
      const boxes = [...node.element.querySelectorAll<HTMLElement>(`wx-${tag}`)];
      if (tag === 'radio') {
        for (const other of boxes) if (other !== event.target) other.dispatchEvent(new CustomEvent('wx-uncheck'));
        node.emit('change', { value: (event as CustomEvent<Choice>).detail.value });
        return;
      }
      const checked = boxes.filter((one) => one.getAttribute('aria-checked') === 'true');
      node.emit('change', { value: checked.map((one) => one.dataset['value'] ?? '') });
    });
    return undefined;
  },
});

const switchComponent: BuiltIn = {
  tag: 'switch',
  properties: { checked: false, disabled: false, type: 'switch', color: '#04be02', name: '' },
  attach: (node) => {
    node.element.setAttribute('role', 'switch');
    node.element.tabIndex = 0;
    node.on('tap', () => {
      if (node.get('disabled') === true) return;
      const value = node.get('checked') !== true;
      node.set('checked', value);
      node.emit('change', { value });
    });
    node.element.addEventListener(RESET, () => node.set('checked', false));
    return {
      update: (property, value) => {
        if (property === 'checked') setChecked(node, value);
        if (property === 'color') node.element.style.setProperty('--on', textOf(value));
      },
    };
  },
};

const slider: BuiltIn = {
  tag: 'slider',
  properties: {
    min: 0,
    max: 100,
    step: 1,
    disabled: false,
    value: 0,
    color: '',
    selectedColor: '',
    activeColor: '#1aad19',
    backgroundColor: '#e9e9e9',
    blockSize: 28,
    blockColor: '#ffffff',
    showValue: false,
    name: '',
  },
  attach: (node) => {
    const range = document.createElement('input');
    range.type = 'range';
    node.element.append(range);
    range.addEventListener('input', () => node.emit('changing', { value: Number(range.value) }));
    range.addEventListener('change', () => {
      node.set('value', Number(range.value));
      node.emit('change', { value: Number(range.value) });
    });
    node.element.addEventListener(RESET, () => node.set('value', node.get('min')));
    return {
      update: (property, value) => {
        if (property === 'min' || property === 'max' || property === 'step' || property === 'value')
          range[property] = textOf(value);
        if (property === 'disabled') range.disabled = value === true;
        if (property === 'ariaLabel') range.setAttribute('aria-label', textOf(value));
      },
    };
  },
};

/** Boxes, switches and sliders. */
export const choices: readonly BuiltIn[] = [
  box('checkbox'),
  group('checkbox'),
  box('radio'),
  group('radio'),
  switchComponent,
  slider,
];
