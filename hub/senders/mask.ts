/** For logs and for "we sent a code to …": the country code and the last two digits. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}…${phone.slice(-2)}`
}
