import { numberOf, reflect, textOf, type BuiltIn } from './built-in';
import { label } from './label';
import { makeNodes, readMarkup } from './rich-nodes';

const plain = (tag: string, properties: Readonly<Record<string, unknown>> = {}): BuiltIn => ({ tag, properties });

const text: BuiltIn = {
  tag: 'text',
  properties: { selectable: false, userSelect: false, space: '', decode: false },
  attach: ({ element }) => ({
    update: (property, value) => {
      if (property === 'selectable' || property === 'userSelect') reflect(element, 'userSelect', value === true);
      if (property === 'space') reflect(element, 'space', value);
    },
  }),
};

const scrollView: BuiltIn = {
  tag: 'scroll-view',
  properties: {
    scrollX: false,
    scrollY: false,
    upperThreshold: 50,
    lowerThreshold: 50,
    scrollTop: null,
    scrollLeft: null,
    scrollIntoView: '',
    scrollWithAnimation: false,
    enhanced: false,
    bounces: true,
    showScrollbar: true,
    enableFlex: false,
    enableBackToTop: false,
    pagingEnabled: false,
    fastDeceleration: false,
    type: '',
    usingSticky: false,
    scrollAnchoring: false,
    enablePassive: false,
    throttle: true,
    refresherEnabled: false,
    refresherTriggered: false,
    refresherThreshold: 45,
    refresherDefaultStyle: 'black',
    refresherBackground: '',
    scrollIntoViewOffset: 0,
  },
  missing: ['refresherEnabled', 'refresherTriggered', 'pagingEnabled', 'type'],
  attach: (node) => {
    const { element } = node;
    element.addEventListener('scroll', () => {
      const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientHeight } = element;
      node.emit('scroll', { scrollLeft, scrollTop, scrollWidth, scrollHeight, deltaX: 0, deltaY: 0 });
      if (scrollTop <= numberOf(node.get('upperThreshold'), 50)) node.emit('scrolltoupper', { direction: 'top' });
      if (scrollTop + clientHeight >= scrollHeight - numberOf(node.get('lowerThreshold'), 50))
        node.emit('scrolltolower', { direction: 'bottom' });
    });
    return {
      update: (property, value) => {
        if (property === 'scrollX' || property === 'scrollY' || property === 'enableFlex')
          reflect(element, property, value === true);
        const behavior = node.get('scrollWithAnimation') === true ? 'smooth' : 'auto';
        if (property === 'scrollTop' && value !== null) element.scrollTo({ top: numberOf(value, 0), behavior });
        if (property === 'scrollLeft' && value !== null) element.scrollTo({ left: numberOf(value, 0), behavior });
        if (property === 'scrollIntoView' && textOf(value) !== '')
          element.querySelector(`#${CSS.escape(textOf(value))}`)?.scrollIntoView({ behavior });
      },
    };
  },
};

const rootPortal = plain('root-portal', { enable: true });

const progress: BuiltIn = {
  tag: 'progress',
  properties: {
    percent: 0,
    showInfo: false,
    borderRadius: 0,
    fontSize: 16,
    strokeWidth: 6,
    color: '',
    activeColor: '#09bb07',
    backgroundColor: '#ebebeb',
    active: false,
    activeMode: 'backwards',
    duration: 30,
  },
  attach: ({ element, get }) => {
    element.setAttribute('role', 'progressbar');
    const bar = document.createElement('div');
    bar.className = 'wx-progress-bar';
    element.append(bar);
    return {
      update: () => {
        element.setAttribute('aria-valuenow', textOf(get('percent')));
        element.style.setProperty('--track', textOf(get('backgroundColor')));
        element.style.height = `${textOf(get('strokeWidth'))}px`;
        bar.style.cssText = `width:${textOf(get('percent'))}%;background:${textOf(get('color')) || textOf(get('activeColor'))}`;
      },
    };
  },
};

const richText: BuiltIn = {
  tag: 'rich-text',
  properties: { nodes: '', space: '', userSelect: false, mode: 'default' },
  attach: ({ element }) => ({
    update: (property, value) => {
      if (property === 'nodes')
        element.replaceChildren(...(typeof value === 'string' ? readMarkup(value) : makeNodes(value)));
    },
  }),
};

const swiper: BuiltIn = {
  tag: 'swiper',
  properties: {
    indicatorDots: false,
    indicatorColor: '',
    indicatorActiveColor: '',
    autoplay: false,
    current: 0,
    interval: 5000,
    duration: 500,
    circular: false,
    vertical: false,
    displayMultipleItems: 1,
    previousMargin: '0px',
    nextMargin: '0px',
    snapToEdge: false,
    easingFunction: 'default',
    currentItemId: '',
    cacheExtent: 0,
  },
  missing: ['autoplay', 'circular', 'indicatorDots', 'displayMultipleItems', 'currentItemId'],
  attach: (node) => {
    const { element } = node;
    let settled: ReturnType<typeof setTimeout> | undefined;
    element.addEventListener('scroll', () => {
      clearTimeout(settled);
      settled = setTimeout(() => {
        const along =
          node.get('vertical') === true
            ? element.scrollTop / element.clientHeight
            : element.scrollLeft / element.clientWidth;
        const current = Math.round(along);
        if (current === numberOf(node.get('current'), 0)) return;
        node.set('current', current);
        node.emit('change', { current, source: 'touch', currentItemId: '' });
      }, 100);
    });
    return {
      update: (property, value) => {
        if (property === 'vertical') reflect(element, 'vertical', value === true);
        if (property !== 'current') return;
        const index = numberOf(value, 0);
        element.scrollTo({
          left: index * element.clientWidth,
          top: node.get('vertical') === true ? index * element.clientHeight : 0,
        });
      },
    };
  },
};

/** Components that hold others. */
export const containers: readonly BuiltIn[] = [
  plain('view'),
  text,
  plain('cover-view', { scrollTop: null }),
  rootPortal,
  label,
  scrollView,
  swiper,
  plain('swiper-item', { itemId: '', skipHiddenItemLayout: false }),
  progress,
  richText,
];
