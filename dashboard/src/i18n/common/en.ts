export const common = {
  app: 'Jitasa',
  close: 'Close',
  retry: 'Try again',
  back: 'Back',
  home: 'Start page',
  loading: 'Loading',
  language: 'Language',
  required: 'required',
  error: {
    title: 'This did not work',
    unknown: 'Something went wrong in this page.',
    offline: 'The server cannot be reached. Check the network and try again.',
    byItself: 'This page tries again by itself.',
    lostPart:
      'A part of this page could not be loaded. Check the network and load the page again; what is typed and not saved is lost.',
  },
  severity: { green: 'Green', yellow: 'Yellow', red: 'Red', unknown: 'Not triaged' },
  severityLetter: { green: 'G', yellow: 'Y', red: 'R', unknown: '?' },
  care: {
    hi: 'Home (HI)',
    ci: 'Community (CI)',
    field: 'Field hospital',
    hospitel: 'Hospitel',
    hospital: 'Hospital',
  },
  bedLevel: {
    '0': 'HI / CI',
    '1': 'No oxygen',
    '2_1': 'Low flow',
    '2_2': 'High flow',
    '3': 'ICU',
  },
}
