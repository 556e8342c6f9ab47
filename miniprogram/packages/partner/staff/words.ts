import { said } from '../../../presenters/said';

/** What the list of the staff says. */
export const staffWords = said({
  zh: {
    barTitle: '员工与邀请',
    loading: '正在读取员工',
    steps: ['读取员工和邀请'],
    lead: '只显示岗位和柜台：平台不告诉商户员工的姓名和账号。',
    self: '您',
    invitations: '尚未接受的邀请',
    withdraw: '撤回',
    question: { title: '撤回这份邀请？', text: '撤回后，收到它的人不能再用它加入。', yes: '撤回', no: '不撤回' },
    withdrawn: '已撤回',
    invite: '邀请同事',
    noShop: {
      title: '请先开店',
      text: '员工要在店铺的柜台上查验。先开一家店，再邀请同事。',
      open: '开一家店',
      leave: '以后再说',
    },
    retry: '重试',
  },
  en: {
    barTitle: 'Staff and invitations',
    loading: 'Reading the staff',
    steps: ['Reading staff and invitations'],
    lead: 'Roles and terminals alone: the service tells a business neither names nor accounts.',
    self: 'You',
    invitations: 'Invitations that nobody has accepted',
    withdraw: 'Withdraw',
    question: {
      title: 'Withdraw this invitation?',
      text: 'Whoever has it cannot join by it any more.',
      yes: 'Withdraw',
      no: 'Keep it',
    },
    withdrawn: 'Withdrawn',
    invite: 'Invite a colleague',
    noShop: {
      title: 'Open a shop first',
      text: 'Staff check at the terminal of a shop. Open one, then invite.',
      open: 'Open a shop',
      leave: 'Later',
    },
    retry: 'Try again',
  },
});
