import { roleNames } from '../i18n/roles.ts'
import { defineWords } from '../i18n/words.ts'

export const sessionWords = defineWords(
  {
    signOut: 'Sign out',
    ownAccount: (name: string) => `${name}: my account`,
    signIn: 'Sign in',
    factorFrom: (day: string) => `Second factor needed from ${day}`,
    signOutAnyway: 'Sign out all the same',
    stay: 'Stay signed in',
    claimsTitle: 'You still hold something',
    claimsText: (count: string) =>
      `Claims that run on: ${count}. Nobody else can take them until their time is over. Give them back or hand them over first.`,
    keptOnPhone: (count: number) =>
      `${count} records or forms are on this device alone. Send them or sign out here: signing out deletes them.`,
    notAllowed: 'Your account cannot open this page',
    notAllowedText: (role: string) =>
      `You are signed in as: ${role}. Ask your administrator for the right role, or sign in with another account.`,
    role: { unbound: 'No role yet', ...roleNames.en },
  },
  {
    signOut: 'ออกจากระบบ',
    ownAccount: (name: string) => `${name}: บัญชีของฉัน`,
    signIn: 'เข้าสู่ระบบ',
    factorFrom: (day: string) => `ต้องยืนยันขั้นที่สองตั้งแต่ ${day}`,
    signOutAnyway: 'ออกจากระบบ',
    stay: 'อยู่ต่อ',
    claimsTitle: 'คุณยังรับเรื่องค้างอยู่',
    claimsText: (count: string) => `เรื่องที่ยังรับอยู่: ${count} ผู้อื่นจะรับไม่ได้จนกว่าจะหมดเวลา โปรดคืนหรือส่งต่อก่อน`,
    keptOnPhone: (count: number) =>
      `มี ${count} รายการหรือแบบฟอร์มอยู่ในเครื่องนี้เท่านั้น โปรดส่ง หรือออกจากระบบที่หน้านี้ การออกจากระบบจะลบทั้งหมด`,
    notAllowed: 'บัญชีของคุณเปิดหน้านี้ไม่ได้',
    notAllowedText: (role: string) => `คุณเข้าสู่ระบบในบทบาท: ${role} โปรดขอสิทธิ์จากผู้ดูแลระบบ หรือเข้าสู่ระบบด้วยบัญชีอื่น`,
    role: { unbound: 'ยังไม่มีบทบาท', ...roleNames.th },
  },
)
