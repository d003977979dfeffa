import type { DeskRole, FacilityKind } from './facilities.ts'

/** What kinds of facilities are called: on screens, in files that come in and files that go out. */
export const FACILITY_KIND_WORDS: Readonly<Record<'en' | 'th', Readonly<Record<FacilityKind, string>>>> = {
  en: {
    hospital: 'Hospital',
    field: 'Field hospital',
    hospitel: 'Hospitel',
    ci: 'Community isolation',
    hi_hub: 'Home isolation hub',
    vaccination: 'Vaccination site',
    test: 'Test point',
    oxygen: 'Oxygen point',
    crematorium: 'Crematorium',
  },
  th: {
    hospital: 'โรงพยาบาล',
    field: 'รพ.สนาม',
    hospitel: 'ฮอสพิเทล',
    ci: 'ศูนย์พักคอย',
    hi_hub: 'ศูนย์ดูแลผู้ป่วยที่บ้าน (HI)',
    vaccination: 'จุดฉีดวัคซีน',
    test: 'จุดตรวจ',
    oxygen: 'จุดบริการออกซิเจน',
    crematorium: 'เมรุ',
  },
}

export const DESK_WORDS: Readonly<Record<'en' | 'th', Readonly<Record<DeskRole, string>>>> = {
  en: {
    switchboard: 'Switchboard',
    bed_desk: 'Bed desk',
    emergency: 'Emergency room',
    coordinator: 'Coordinator on duty',
    stores: 'Stores',
  },
  th: {
    switchboard: 'โทรศัพท์กลาง',
    bed_desk: 'ศูนย์เตียง',
    emergency: 'ห้องฉุกเฉิน',
    coordinator: 'ผู้ประสานงานเวร',
    stores: 'คลังเวชภัณฑ์',
  },
}
