import { base64urlDecode } from '../../../protocol';

/** JPEG of 96×128 as base64url: an outline of nobody, with the word SANDBOX across it. */
const drawn = [
  '_9j_2wBDAA4ODg4PDhASEhAXGBYYFyEfHBwfITIkJyQnJDJNMDgwMDgwTURSQz5DUkR6X1VVX3qMdnB2jKqYmKrWy9b_____2wBDAQ4ODg4PDh',
  'ASEhAXGBYYFyEfHBwfITIkJyQnJDJNMDgwMDgwTURSQz5DUkR6X1VVX3qMdnB2jKqYmKrWy9b_____wgARCACAAGADASIAAhEBAxEB_8QAGwAB',
  'AAMBAQEBAAAAAAAAAAAAAAMFBgQCAQf_xAAYAQEBAQEBAAAAAAAAAAAAAAAAAQMCBv_aAAwDAQACEAMQAAAA3YAAAAAAACPgLNWd5IAABBPRnF',
  '4B78DSz0l2AAM_oKwpgAdmgrLMAAAqK3TwGfsu6c9AAA80sPKffgPvwWF1leo0QMbFktbl6CuTSOOVpqy51izsVzbunWOXizU2W21Ms3Bq1yz3',
  'NqhkurRjJ-9SXF1H6Wmn_8QAOBAAAgEDAQQHAwsFAAAAAAAAAQIDAAQFERIWVKIQExUgMWRxBiEyIjBBQ1FhYmOSoaMUIzNQUv_aAAgBAQABPw',
  'D_AFEs0cQ1dgKbJoPhjJ9TpS5ND8UZHodaimjlGqMD8xcTiCMsfHwAqSR5WLOdSemOR4mDIdCKt5xPGGHj9I7-SkLTBPoUd3GyFZin0MO_fgi6',
  'f7wO7YAm6T7ge_kYCyiUeK-4-ndx0BVTKfFvcPT5i5x51LQ_ppo3Q6MhHqKWN3OioT6CrfHnUNN-n5lpET4nA9TRvbUfWihe2p-tFLIj_C4Poe',
  '-7pGpZjoBU-QkckR_JX96JJOpOp6QSDqDoagyEiECT5S_vSSJIoZDqD3CQASaurkzyfgHgO_a3Jgk_AfEUCCAR0b3eR_lqf2pMsZQWezr-ZXbP',
  'l-eu2fL89ds-X567Z8vz12z5fnrtny_PXbPl-eu2fL89Qe1JijCGz2tPzK3u8j_L0YawtJ8e0iW0V1d9aQYpJdjRKtsaLrPC2e0NvGG2pIi2uy',
  'q1l7Ky1sLuyj2baf5JX7GU1eYHHDL2ggh_sCURTx6n3ErtCre1x0FlmLmayE3UXWwilyugJpsbjp-x7yCJkhubpIpYSSayOHsEgyZFkkQgXWJ4',
  '5C7H1Wnhx2Kx1hLNZi5mulLnaYgKtTY_F2uStFaEta30AKDU7UReszj7TE28VqV6y6cl2l-xOmyvcfDGq3GP611bUSLKUNbyyi6vrsW6iedAiN',
  'rqIwKlz89zZG3uYlkYTLIjjRNnT7gKj9p3jy098LbVJlUNCX_5q2zcEcN9DPYdclzN1hHWlamzryTWBS2SKC0lV0hQ1N7RQlr2SDHiKa6Qo7mU',
  'vUOYt3s4LW-sRcLB_iYOUIreAm__AKx7VS0cWxbprosVXGWe7sFt7mMySo5aOba94B8Qejd_EcLzvW7-I4Xnet38RwvO9bv4jhed63fxHC871u',
  '_iOF53rd_EcLzvW7-I4Xnet38RwvO9bv4jhed63fxHC871u_iOF53r_8QAHREAAgMAAgMAAAAAAAAAAAAAAAIBElERQSJQYf_aAAgBAgEBPwD0',
  'kM09nLaeenL6ctpLNHZRvhVtKtpVtKtsFGP_xAApEQABAgQEBAcAAAAAAAAAAAABAhEAAwQhEhQxQQUTI4EyUFFTVJKh_9oACAEDAQE_APJJtJ',
  'RSk4jJ3bxGMvQ40I5RdSX1MBFAoAiQou1nO5aDLoAUjkqc210u3rHJovjqa7FzfDrvEukopqcSZRba5vC-JUywxTN7WgVdAG6K7M3aM3Qe1M0A',
  '-um8Zuht0plozlDfpTLv-94RxGlQGTLWA7x__9k',
].join('');

const bytes = base64urlDecode(drawn);
if (!bytes) throw new Error('the portrait of test persons is damaged');

/** The portrait of all test persons: whoever sees it sees that it is none. */
export const testPortrait: Uint8Array = bytes;
