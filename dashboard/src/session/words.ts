import { roleNames } from '../i18n/roles.ts'
import { defineWords } from '../i18n/words.ts'

export const sessionWords = defineWords(
  {
    signOut: 'Sign out',
    signIn: 'Sign in',
    keptOnPhone: (count: number) =>
      `${count} records or forms are on this device alone. Send them or sign out here: signing out deletes them.`,
    notAllowed: 'Your account cannot open this page',
    notAllowedText: (role: string) =>
      `You are signed in as: ${role}. Ask your administrator for the right role, or sign in with another account.`,
    role: { unbound: 'No role yet', ...roleNames.en },
  },
  {
    signOut: 'ออกจากระบบ',
    signIn: 'เข้าสู่ระบบ',
    keptOnPhone: (count: number) =>
      `มี ${count} รายการหรือแบบฟอร์มอยู่ในเครื่องนี้เท่านั้น โปรดส่ง หรือออกจากระบบที่หน้านี้ การออกจากระบบจะลบทั้งหมด`,
    notAllowed: 'บัญชีของคุณเปิดหน้านี้ไม่ได้',
    notAllowedText: (role: string) => `คุณเข้าสู่ระบบในบทบาท: ${role} โปรดขอสิทธิ์จากผู้ดูแลระบบ หรือเข้าสู่ระบบด้วยบัญชีอื่น`,
    role: { unbound: 'ยังไม่มีบทบาท', ...roleNames.th },
  },
)
