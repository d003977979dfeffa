/** What the personal data of all test databases is sealed under; workers and the hubs that they start inherit it. */
process.env.DATA_KEY ??= 'the key of the personal data of the tests'
