import { fieldsEn } from './field-messages-en.ts'

/** What the help form and its text messages say. `{…}` is filled in. The other languages have the same keys, by type. */
export const en = {
  ...fieldsEn,
  required: 'Please fill this in.',
  wrong: 'This entry is not right.',
  choice: 'Please choose from the list.',
  number_range: 'This number is not right.',
  phone_invalid: 'This is not a phone number. Example: 081 234 5678',
  phone_two: 'Please give one number here, and the other in the note.',
  phone_extension: 'Please give the number alone, and the extension in the note.',
  consent_required: 'Please allow us to use this to help you.',
  need_required: 'Please choose at least one thing you need.',
  place_required: 'Please say where you are.',
  place_outside: 'This place is outside Thailand.',
  area_unknown: 'We do not find this area.',
  code_wrong: 'The code is wrong. You can try {left} more times.',
  code_expired: 'The code is too old. Please ask for a new one.',
  code_used_up: 'The code was wrong too often. Please ask for a new one.',
  code_unknown: 'We do not find this request. Please check the tracking code.',
  no_phone: 'This request has no phone number.',
  phone_check_off: 'This service sends no text messages now. Help comes without the check.',
  phone_country: 'We send no text messages to numbers of this country. Help comes without the check.',
  too_many: 'Too many requests. Please wait {seconds} seconds.',
  already_asked: 'You have already asked. We sent the tracking code to your phone.',
  ended: 'This request has ended.',
  form_wrong: 'Please check what you filled in.',
  key_reused: 'Please reload the page and send again.',
  sms_code: 'Jitasa code: {code}. Valid for 10 minutes. Tell it to nobody.',
  sms_tracking: 'We have your request. Tracking code: {code}',
  consent_text:
    'The agencies that help may use what I write here, only to help me. Only the person who takes my request and their supervisor in my area see my name and phone number. I can cancel at any time.',
} as const

export type MessageKey = keyof typeof en
export type Messages = Readonly<Record<MessageKey, string>>
