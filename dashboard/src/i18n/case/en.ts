export const cases = {
  need: {
    bed: 'Hospital bed',
    oxygen: 'Oxygen',
    medicine: 'Medicine',
    food: 'Food and water',
    transport: 'A ride to care',
    test: 'Covid test',
    funeral: 'Funeral',
  },
  symptom: {
    cannot_finish_sentence: 'Too breathless to finish a sentence',
    constant_chest_tightness: 'Chest tight all the time',
    drowsy: 'Drowsy, hard to wake',
    breathless_on_exertion: 'Breathless when walking or moving',
    pneumonia: 'A doctor said it is pneumonia',
    fever: 'Fever',
    cough: 'Cough',
    sore_throat: 'Sore throat',
    no_smell_or_taste: 'No smell or no taste',
    diarrhoea: 'Diarrhoea',
    none: 'None of these',
  },
  risk: {
    age60: '60 years or older',
    disease7: 'Long illness: lungs, heart, kidneys, stroke, obesity, cancer, diabetes',
    pregnant: 'Pregnant, 12 weeks or more',
  },
}
