/** What is wrong with a field of a form. `{…}` is filled in. The other languages have the same keys, by type. */
export const fieldsEn = {
  too_long: 'This is too long: at most {max} characters.',
  too_short: 'This is too short: at least {min} characters.',
  too_many_entries: 'Too many entries: at most {max}.',
  number_min: 'At least {min}.',
  number_max: 'At most {max}.',
  number_whole: 'Please give a whole number.',
  number_zero: 'This cannot be 0.',
  unknown_field: 'This page and the server do not fit together. Please load the page again.',
  day_wrong: 'This is not a day of the calendar.',
  day_future: 'This day is still to come.',
  time_wrong: 'This is not a time.',
  time_future: 'This time is still to come.',
  email_invalid: 'This is not an e-mail address. Example: name@agency.example',
  username_invalid: '3 to 40 of a-z, 0-9, dot, hyphen and underscore; a letter or a digit first.',
  login_required: 'Give an e-mail address or a user name to sign in with.',
  level_twice: 'Please give each bed level once.',
  beds_sum: 'Level {level}: free, held, occupied, being cleaned and blocked are {sum} together, not {staffed}.',
  beds_held: 'Level {level}: {held} beds are held for transfers.',
  correction_only: 'Only a correction takes back what was reported. Please mark it as one.',
  correction_left: 'This would take back {left} more than were reported.',
  positive_more: 'More positive than tested.',
  over_people: '{value} is more than the {limit} that the people who live here make likely. Is it right?',
  over_before: '{value} is more than ten times what was reported before. Is it right?',
  over_site: '{value} is more than one site is known to have reached ({limit}). Is it right?',
  fall_of_most:
    'This leaves {value}; at least {limit} were to be expected after what was reported before. Is it right?',
  same_case: 'A case cannot be merged into itself.',
  facility_unknown: 'There is no such facility in your area that takes patients.',
  need_unknown: 'This case has no such need.',
  area_too_small: 'Sub-districts cannot be given to an account or a screen. Please choose the district.',
  account_unknown: 'There is no such account that works in this area.',
  metric_unknown: 'There is no such number with a list behind it.',
  password_common:
    'This password is among those that are guessed first. Please choose another: three or four words that do not belong together are good.',
  password_same: 'This is the password that was issued to you. Please choose another.',
  place_apart:
    'The pin and the area that was chosen are far apart. Please remove the pin, choose the area again, or say that it is really so.',
  id_thai_wrong:
    'This cannot be a Thai ID number: it has 13 digits, and one of them is wrong here. Please check it, or leave it empty.',
  time_past: 'This time lies months back. Please look at the clock of this device.',
  birth_year_future: 'This year of birth is still to come.',
  birth_month_future: 'This month of birth is still to come.',
  cursor_wrong: 'The list has changed. Please begin at its first page.',
} as const

export type FieldMessages = Readonly<Record<keyof typeof fieldsEn, string>>
