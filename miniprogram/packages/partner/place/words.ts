import { said } from '../../../presenters/said';

/** What the page of a place in the staff says. */
export const placeWords = said({
  zh: {
    barTitles: { invite: '邀请同事', change: '调整岗位' },
    loading: '正在打开',
    steps: ['读取店铺和员工'],
    role: '岗位',
    shop: '店铺',
    terminal: '柜台',
    actions: { invite: '生成邀请', change: '保存' },
    leave: '返回',
    remove: '移出商户',
    question: { title: '移出商户？', text: '移出后，此人立即不能再为商户查验。', yes: '移出', no: '不移出' },
    saved: '已保存',
    removed: '已移出',
    gone: { title: '没有这名员工', text: '可能刚刚离开了商户。' },
    retry: '重试',
  },
  en: {
    barTitles: { invite: 'Invite a colleague', change: 'Change a place' },
    loading: 'Opening',
    steps: ['Reading shops and staff'],
    role: 'Role',
    shop: 'Shop',
    terminal: 'Terminal',
    actions: { invite: 'Make the invitation', change: 'Save' },
    leave: 'Back',
    remove: 'Remove from the staff',
    question: {
      title: 'Remove from the staff?',
      text: 'They can check no card for the business any more, from this moment on.',
      yes: 'Remove',
      no: 'Keep',
    },
    saved: 'Saved',
    removed: 'Removed',
    gone: { title: 'There is no such member of staff', text: 'They may have left just now.' },
    retry: 'Try again',
  },
});
