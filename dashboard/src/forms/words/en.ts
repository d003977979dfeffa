export const form = {
  skip: 'Skip to the content',
  exercise: 'DRILL',
  exerciseText: 'This is an exercise. Nobody will come. In a real emergency call 1669.',
  emergencyTitle: 'Call now. Do not wait for an answer here.',
  emergencyText: 'What you ticked can become dangerous within minutes.',
  ambulance: 'Ambulance, free, day and night',
  hotline: 'Covid and health hotline',
  call: 'Call',
  problems: 'Please check these:',
}
