import type { Device } from '../device';
import { make, makeButton, openOverlay } from '../overlays/overlay';
import { phoneWords } from '../overlays/words';
import { answer, required, WxFailure } from './convention';
import type { OptionOf } from './official';

interface Modal {
  readonly title?: string;
  readonly content?: string;
  readonly showCancel?: boolean;
  readonly cancelText?: string;
  readonly confirmText?: string;
  readonly cancelColor?: string;
  readonly confirmColor?: string;
  readonly editable?: boolean;
  readonly placeholderText?: string;
}
interface Toast {
  readonly title: string;
  readonly icon?: 'success' | 'error' | 'loading' | 'none';
  readonly duration?: number;
  readonly mask?: boolean;
}

/** WeChat's own dialogs over the mini-program. */
export const createDialogApi = (device: Device) => {
  let toast: HTMLElement | null = null;
  let ends: ReturnType<typeof setTimeout> | undefined;
  const hideToast = (): void => {
    clearTimeout(ends);
    toast?.remove();
    toast = null;
  };
  const showToast = ({ title, icon = 'success', duration = 1500, mask = false }: Toast): void => {
    hideToast();
    toast = make('div', `phone-toast phone-toast-${icon}`);
    toast.setAttribute('role', 'status');
    if (mask) toast.classList.add('phone-toast-mask');
    toast.append(make('div', 'phone-toast-icon'), make('div', 'phone-toast-title', title));
    device.screen.append(toast);
    if (duration !== Infinity) ends = setTimeout(hideToast, duration);
  };

  const modal = (option: Modal): Promise<{ confirm: boolean; cancel: boolean; content: string }> =>
    new Promise((resolve) => {
      const words = phoneWords(device);
      const { title = '', content = '', showCancel = true } = option;
      const end = (confirm: boolean): void => {
        overlay.close();
        resolve({ confirm, cancel: !confirm, content: confirm && option.editable === true ? field.value : '' });
      };
      const overlay = openOverlay(device, {
        className: 'phone-modal',
        role: 'alertdialog',
        label: title || content,
        onCancel: showCancel ? () => end(false) : null,
      });
      const sheet = make('div', 'phone-modal-sheet');
      if (title) sheet.append(make('div', 'phone-modal-title', title));
      const field = make('input', 'phone-modal-field');
      if (option.editable === true) {
        Object.assign(field, { value: content, placeholder: option.placeholderText ?? '' });
        field.setAttribute('aria-label', option.placeholderText ?? title);
        sheet.append(field);
      } else if (content) sheet.append(make('div', 'phone-modal-content', content));
      const buttons = make('div', 'phone-modal-buttons');
      if (showCancel)
        buttons.append(makeButton('phone-modal-button', option.cancelText ?? words.cancel, () => end(false)));
      const confirm = makeButton('phone-modal-button phone-modal-confirm', option.confirmText ?? words.confirm, () =>
        end(true),
      );
      if (option.confirmColor) confirm.style.color = option.confirmColor;
      buttons.append(confirm);
      sheet.append(buttons);
      overlay.element.append(sheet);
    });

  return {
    showModal: (option: OptionOf<'showModal'>) => answer('showModal', option, () => modal(option)),
    showActionSheet: (option: OptionOf<'showActionSheet'>) =>
      answer('showActionSheet', option, async () => ({
        tapIndex: await chooseOne(device, option.itemList, option.alertText),
      })),
    showToast: (option: OptionOf<'showToast'>) =>
      answer('showToast', option, () => {
        required({ ...option }, 'title', 'string');
        showToast(option);
        return {};
      }),
    hideToast: (option?: OptionOf<'hideToast'>) =>
      answer('hideToast', option, () => {
        hideToast();
        return {};
      }),
    showLoading: (option: OptionOf<'showLoading'>) =>
      answer('showLoading', option, () => {
        showToast({ title: option.title, icon: 'loading', duration: Infinity, mask: option.mask ?? false });
        return {};
      }),
    hideLoading: (option?: OptionOf<'hideLoading'>) =>
      answer('hideLoading', option, () => {
        hideToast();
        return {};
      }),
  };
};

/** Has the user choose one of a list. @returns its index @throws WxFailure where the user cancels */
export const chooseOne = (device: Device, items: readonly string[], title = ''): Promise<number> =>
  new Promise((resolve, reject) => {
    const words = phoneWords(device);
    const cancel = (): void => {
      overlay.close();
      reject(new WxFailure('cancel'));
    };
    const overlay = openOverlay(device, {
      className: 'phone-sheet',
      role: 'dialog',
      label: title || words.cancel,
      onCancel: cancel,
    });
    const sheet = make('div', 'phone-sheet-panel');
    if (title) sheet.append(make('div', 'phone-sheet-title', title));
    for (const [index, item] of items.entries()) {
      sheet.append(
        makeButton('phone-sheet-item', item, () => {
          overlay.close();
          resolve(index);
        }),
      );
    }
    sheet.append(makeButton('phone-sheet-item phone-sheet-cancel', words.cancel, cancel));
    overlay.element.append(sheet);
  });
