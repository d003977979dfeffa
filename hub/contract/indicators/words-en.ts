import type { IndicatorTexts } from './words.ts'

export const INDICATORS_EN: IndicatorTexts = {
  families: {
    epidemic: 'The epidemic',
    beds: 'Beds',
    work: 'The work',
    vaccination: 'Vaccination',
    testing: 'Tests',
    stock: 'Stock',
    reporting: 'Who has reported',
  },
  indicators: {
    'cases.day': {
      name: 'New cases of the day',
      definition:
        'Probable and confirmed cases by the day they were reported for, without duplicates and invalid ones. Of today, those so far. A day that no province has reported is not known; it is not zero.',
      formula: 'cases of the day',
    },
    'cases.mean': {
      name: 'New cases, 7-day mean',
      definition:
        'The mean of the seven whole days before today, so that weekends do not show. Not known when one of them is not.',
      formula: 'cases of the 7 whole days ÷ 7',
    },
    'cases.week': {
      name: 'New cases in 7 days',
      definition: 'The cases of the seven days that end today. Days that nobody has reported are left out and named.',
      formula: 'cases of today and the 6 days before',
    },
    'cases.rate': {
      name: 'New cases per 100,000 in 7 days',
      definition:
        'The cases of the seven days that end today for every 100,000 residents. 20, 50 and 150 are the bounds of the World Health Organization’s levels of community transmission.',
      formula: 'cases of 7 days ÷ residents × 100,000',
    },
    'cases.growth': {
      name: 'New cases, week on week',
      definition:
        'The six whole days before today against the same six weekdays of the week before: + 10 % is a tenth more. Not known when one of those days is not.',
      formula: 'cases of 6 days ÷ cases of the same 6 days a week earlier − 1',
    },
    'cases.surge': {
      name: 'New cases today, on a usual day',
      definition:
        'The cases of today so far against the mean of the seven whole days before: + 50 % says that today already has half more than a whole usual day, and it can only become more until midnight. A usual day counts as one case at least; of fewer than 10 cases today it is not said. Not known when one of the seven days is not.',
      formula: 'cases of today ÷ (cases of the 7 whole days ÷ 7, at least 1) − 1',
    },
    'cases.doubling': {
      name: 'Doubling time',
      definition:
        'Days in which the daily number doubles at the pace of the last two whole weeks; below zero, days in which it halves.',
      formula: 'ln 2 × 7 ÷ ln(cases of 7 days ÷ cases of the 7 days before)',
    },
    'cases.rt': {
      name: 'Reproduction number Rt',
      definition:
        'How many others one case infects: the cases of seven whole days against those of the seven days that ended four days earlier (the 7-day R of the Robert Koch Institute, an der Heiden and Hamouda 2020), with its 95 % interval. Not said of fewer than 10 cases.',
      formula: 'cases of days −7…−1 ÷ cases of days −11…−5',
    },
    'cases.late': {
      name: 'Cases reported late',
      definition: 'Cases that were entered today for an earlier day. They count in the day they were reported for.',
      formula: 'cases entered today for an earlier day',
    },
    'cases.corrected': {
      name: 'Cases corrected',
      definition: 'By how many cases numbers of earlier days were changed today, up and down added together.',
      formula: 'sum of |new − old| over earlier days',
    },
    'deaths.day': {
      name: 'Deaths of the day',
      definition:
        'Probable and confirmed cases by the day they died. A day that nobody has reported is not known; it is not zero.',
      formula: 'deaths of the day',
    },
    'deaths.total': {
      name: 'Deaths in all',
      definition: 'Probable and confirmed cases that died, since the beginning.',
      formula: 'all deaths',
    },
    'deaths.late': {
      name: 'Deaths reported late',
      definition: 'Deaths that were entered today for an earlier day. They count in the day of the death.',
      formula: 'deaths entered today for an earlier day',
    },
    'deaths.corrected': {
      name: 'Deaths corrected',
      definition: 'By how many deaths numbers of earlier days were changed today, up and down added together.',
      formula: 'sum of |new − old| over earlier days',
    },
    'beds.occupancy': {
      name: 'Occupied beds',
      definition:
        'The share of the staffed beds of one level that somebody lies in, as last counted. Levels are never added up: a free bed of one does not help who needs another.',
      formula: 'occupied ÷ staffed beds of the level',
    },
    'beds.free': {
      name: 'Free beds',
      definition: 'Beds of one level that are there, staffed and free now, as last counted. Held beds are not free.',
      formula: 'free beds of the level',
    },
    'beds.staffed': {
      name: 'Staffed beds',
      definition: 'Beds of one level with staff, whatever their state, as last counted.',
      formula: 'free + held + occupied + cleaning + blocked',
    },
    'beds.other': {
      name: 'Beds neither occupied nor free',
      definition: 'Staffed beds of one level that are held for somebody, being cleaned or blocked.',
      formula: 'held + cleaning + blocked',
    },
    'beds.full': {
      name: 'Days until full',
      definition:
        'Days until no bed of the level is free, if occupied beds go on as in the last 14 days, with the 95 % interval of that trend. A trend that leads there in more than 30 days, or not at all, is “not within 30 days”.',
      formula: 'free beds ÷ slope of the straight line through the occupied beds of 14 days',
    },
    'beds.corrected': {
      name: 'Beds corrected',
      definition: 'By how many occupied beds the ends of earlier days were changed today, up and down added together.',
      formula: 'sum of |new − old| over earlier days',
    },
    waiting: {
      name: 'Waiting for a bed',
      definition:
        'People recorded here who need a place of care and have none of the kind they need. Whoever nobody has recorded is not in it.',
      formula: 'cases with a live need for a bed',
    },
    'waiting.red': {
      name: 'Red and waiting for a bed',
      definition: 'People with red symptoms who need a place of care and have none. One is too many.',
      formula: 'red cases with a live need for a bed',
    },
    'waiting.rate': {
      name: 'Waiting for a bed per 100,000',
      definition: 'People who wait for a bed for every 100,000 residents.',
      formula: 'waiting ÷ residents × 100,000',
    },
    'waiting.oldest': {
      name: 'Longest wait for a bed',
      definition: 'How long the person who has waited longest for a bed has waited.',
      formula: 'now − opening of the oldest live need for a bed',
    },
    unclaimed: {
      name: 'Asked for help, nobody has it',
      definition: 'People with a request for help that nobody has taken.',
      formula: 'cases with an open need',
    },
    'unclaimed.red': {
      name: 'Red, and nobody has it',
      definition: 'People with red symptoms and a request for help that nobody has taken. One is too many.',
      formula: 'red cases with an open need',
    },
    'unclaimed.oldest': {
      name: 'Longest wait to be taken',
      definition: 'How long the request has waited that nobody has taken for longest.',
      formula: 'now − opening of the oldest open need',
    },
    'claim.median': {
      name: 'Time to be taken, median',
      definition:
        'Half of the requests that were taken for the first time in the last seven days had waited less than this.',
      formula: 'median of first claim − opening, of 7 days, from counts in classes of time',
    },
    'claim.p90': {
      name: 'Time to be taken, nine in ten',
      definition:
        'Nine in ten of the requests that were taken for the first time in the last seven days had waited less than this.',
      formula: '90th percentile of first claim − opening, of 7 days, from counts in classes of time',
    },
    uncontacted: {
      name: 'No contact for 48 hours',
      definition:
        'Cases under way outside field hospitals, hospitels and hospitals that nobody has spoken to for more than 48 hours, or never, since they were reported.',
      formula: 'cases with now − last contact > 48 h',
    },
    'uncontacted.oldest': {
      name: 'Longest without contact',
      definition: 'How long the case under way has been without contact that has been so for longest.',
      formula: 'now − oldest last contact',
    },
    'contact.median': {
      name: 'Time without contact, median',
      definition:
        'Half of the cases under way outside field hospitals, hospitels and hospitals have been without contact for less than this; who was never reached, since they were reported.',
      formula: 'median of now − last contact, from counts in classes of time',
    },
    'contact.p90': {
      name: 'Time without contact, nine in ten',
      definition:
        'Nine in ten of the cases under way outside field hospitals, hospitels and hospitals have been without contact for less than this; who was never reached, since they were reported.',
      formula: '90th percentile of now − last contact, from counts in classes of time',
    },
    uncalled: {
      name: 'Not called today',
      definition:
        'People in home or community isolation, or waiting for a bed, whom nobody has reached since midnight in Bangkok.',
      formula: 'cases at home with last contact before today, or none',
    },
    'leases.lapsed': {
      name: 'Lapsed leases',
      definition: 'Requests that are free again because whoever had taken them did nothing in time.',
      formula: 'open needs freed by the end of a lease',
    },
    care: {
      name: 'In care',
      definition:
        'Cases at home, in community isolation, field hospitals, hospitels and hospitals, neither closed nor with an outcome.',
      formula: 'cases with a place of care',
    },
    'doses.day': {
      name: 'Doses of the day',
      definition:
        'Doses by the day they were given, with what came late and what was corrected. A day without any is not known: nobody says that there was none.',
      formula: 'doses of the day',
    },
    'doses.week': {
      name: 'Doses in 7 days',
      definition: 'The doses of the seven days that end today.',
      formula: 'doses of today and the 6 days before',
    },
    'doses.rate': {
      name: 'Doses per 100,000 in 7 days',
      definition: 'The doses of the seven days that end today for every 100,000 residents.',
      formula: 'doses of 7 days ÷ residents × 100,000',
    },
    'doses.growth': {
      name: 'Doses, week on week',
      definition: 'The six whole days before today against the same six weekdays of the week before.',
      formula: 'doses of 6 days ÷ doses of the same 6 days a week earlier − 1',
    },
    'doses.group': {
      name: 'Doses by target group',
      definition: 'Doses of the day that were given to one target group.',
      formula: 'doses of the day and group',
    },
    'doses.vaccine': {
      name: 'Doses by vaccine',
      definition: 'Doses of the day of one vaccine, as sites reported them.',
      formula: 'doses of the day and vaccine',
    },
    'doses.planned': {
      name: 'Doses planned',
      definition: 'What sites, and provinces beside them, planned to give on the day.',
      formula: 'planned doses of the day',
    },
    'doses.achieved': {
      name: 'Plan reached',
      definition:
        'Doses of the day against those planned, of the provinces that have a plan. More than planned is above 100 %.',
      formula: 'doses of the day ÷ planned doses of the day',
    },
    'doses.late': {
      name: 'Doses reported late',
      definition: 'Doses of the day that were reported after it. They are in the day’s number.',
      formula: 'late doses of the day',
    },
    'doses.corrected': {
      name: 'Doses corrected',
      definition: 'What was added to or taken from the day’s doses afterwards. It is in the day’s number.',
      formula: 'corrections of the day',
    },
    coverage: {
      name: 'Coverage',
      definition:
        'Doses of one number ever given here against the residents. Who comes from elsewhere counts where the dose was given.',
      formula: 'doses of the number ÷ residents',
    },
    'coverage.first': {
      name: 'Dose 1 by group',
      definition:
        'Dose 1 given to a target group against the residents of the group, where both were said. Doses without a group are not in it; who comes from elsewhere is.',
      formula: 'dose 1 of the group ÷ its residents',
    },
    'coverage.second': {
      name: 'Dose 2 by group',
      definition:
        'Dose 2 given to a target group against the residents of the group, where both were said. Doses without a group are not in it; who comes from elsewhere is.',
      formula: 'dose 2 of the group ÷ its residents',
    },
    'coverage.third': {
      name: 'Dose 3 by group',
      definition:
        'Dose 3 given to a target group against the residents of the group, where both were said. Doses without a group are not in it; who comes from elsewhere is.',
      formula: 'dose 3 of the group ÷ its residents',
    },
    'tests.day': {
      name: 'Tests of the day',
      definition: 'RT-PCR and ATK as districts reported them. A day without any is not known.',
      formula: 'tests of the day',
    },
    positivity: {
      name: 'Positive tests',
      definition: 'The share of the tests of the last seven days that were positive. Below 5 % enough is tested.',
      formula: 'positive ÷ tested, of 7 days',
    },
    'stock.days': {
      name: 'Days that stock lasts',
      definition:
        'How many days the stock of one item lasts if it is used as now and shared within the area, as last counted by the facilities that report it. One facility may run out before: see “Facilities that run out”.',
      formula: 'on hand ÷ used in a day',
    },
    'stock.short': {
      name: 'Facilities that run out',
      definition: 'Facilities whose own stock of the item lasts less than three days, as last counted.',
      formula: 'facilities with less on hand than three days’ use',
    },
    'reporting.cases': {
      name: 'Provinces that reported cases',
      definition: 'The share of the provinces that have reported the day’s new cases, be it zero.',
      formula: 'provinces that reported ÷ all provinces',
    },
    'reporting.deaths': {
      name: 'Provinces that reported deaths',
      definition: 'The share of the provinces that have reported the day’s deaths, be it zero.',
      formula: 'provinces that reported ÷ all provinces',
    },
    'reporting.beds': {
      name: 'Beds counted in time',
      definition:
        'The share of the staffed beds of one level whose facility counted them within the deadline of its kind.',
      formula: 'staffed beds counted in time ÷ staffed beds',
    },
    'reporting.sites': {
      name: 'Sites that reported in time',
      definition: 'The share of the facilities in operation that have reported within the deadline of their kind.',
      formula: 'sites not overdue ÷ sites',
    },
  },
  units: {
    count: 'number',
    per100k: 'per 100,000 residents',
    share: 'per cent',
    change: 'per cent more or less',
    ratio: 'ratio',
    days: 'days',
    minutes: 'minutes',
  },
  whys: {
    not_reported: 'not reported',
    incomplete: 'a day is missing',
    too_few: 'too few to say',
    fewer_than_ten: 'fewer than 10: not said of so few',
    none: 'none',
    nothing_before: 'none the week before',
    stands_still: 'stands still',
    no_beds: 'none staffed',
    not_used: 'none is used',
    not_within_30_days: 'not within 30 days',
    no_population: 'residents not known',
    no_plan: 'no plan for the day',
    no_residents: 'the residents of the group were not given',
    not_shown: 'shown to those with an account',
  },
  notes: { more_than_residents: 'more doses than residents' },
  adds: {
    areas: 'provinces, or the area itself',
    days: 'days',
    beds: 'staffed beds',
    sites: 'facilities',
    register: 'what is recorded here',
  },
  sources: {
    cases: 'Cases recorded here and imported',
    day_reports: 'What provinces say they have reported',
    beds: 'Bed counts of facilities',
    needs: 'Requests for help and who took them',
    vaccinations: 'Reports of vaccination sites and districts',
    dose_plans: 'Plans of provinces and sites, and reports of vaccination sites',
    residents: 'Residents by target group, as they were given, and reports of vaccination sites',
    tests: 'Reports of tests by districts',
    stock: 'Stock counts of facilities',
    facilities: 'The register of facilities',
  },
}
