import type { Role } from '../../../hub/contract/vocabulary/roles.ts'

const en: Readonly<Record<Role, string>> = {
  volunteer: 'Volunteer',
  responder: 'Responder',
  hotline: 'Hotline agent',
  triage: 'Triage nurse',
  bed_coordinator: 'Bed coordinator',
  facility_staff: 'Facility staff',
  vaccination_staff: 'Vaccination-site staff',
  district_chief: 'District chief',
  provincial_health: 'Provincial health office',
  governor: 'Governor',
  national: 'National command',
  screen: 'Screen',
  administrator: 'Administrator',
  auditor: 'Auditor',
}

/** What the roles of hub/authorize are called, everywhere. */
export const roleNames: { readonly en: typeof en; readonly th: typeof en } = {
  en,
  th: {
    volunteer: 'อาสาสมัคร (อสม. กำนัน ผู้ใหญ่บ้าน)',
    responder: 'จิตอาสา',
    hotline: 'เจ้าหน้าที่สายด่วน 1330',
    triage: 'พยาบาลคัดกรอง',
    bed_coordinator: 'ศูนย์บริหารเตียง',
    facility_staff: 'เจ้าหน้าที่สถานพยาบาล',
    vaccination_staff: 'เจ้าหน้าที่จุดฉีดวัคซีน',
    district_chief: 'นายอำเภอ',
    provincial_health: 'สสจ.',
    governor: 'ผู้ว่าราชการจังหวัด',
    national: 'ศบค.มท.',
    screen: 'จอวอร์รูม',
    administrator: 'ผู้ดูแลระบบ',
    auditor: 'ผู้ตรวจสอบ',
  },
}
