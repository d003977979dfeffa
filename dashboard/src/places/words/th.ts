import type { Translation } from '../../i18n/words.ts'
import type * as en from './en.ts'

export const place: Translation<typeof en.place> = {
  locate: 'ใช้ตำแหน่งที่ฉันอยู่ตอนนี้',
  locating: 'กำลังหาตำแหน่ง…',
  near: (place) => `ใกล้ ${place}`,
  pinSet: 'ปักหมุดบนแผนที่แล้ว',
  metres: (metres) => `คลาดเคลื่อนไม่เกิน ${metres} ม.`,
  removePin: 'ลบหมุด',
  apart: 'หมุดอยู่คนละจังหวัดกับพื้นที่ที่เลือก',
  apartKeep: 'ถูกต้องแล้ว ใช้ทั้งหมุดและพื้นที่นี้',
  map: 'ปักหมุดบนแผนที่',
  mapHide: 'ซ่อนแผนที่',
  mapHint: 'เลื่อนแผนที่ให้หมุดอยู่ตรงที่อยู่ของคุณ',
  mapHere: 'ปักหมุดตรงนี้',
  mapCloser: 'ขยายแผนที่เข้าไปใกล้ก่อน',
  mapMissing: 'อุปกรณ์นี้แสดงแผนที่ไม่ได้ กรุณาเลือกพื้นที่ด้านล่าง',
  denied: 'อุปกรณ์นี้ไม่บอกตำแหน่ง กรุณาเลือกพื้นที่ด้านล่าง',
  failed: 'หาตำแหน่งไม่พบ กรุณาลองใหม่ในที่โล่ง หรือเลือกพื้นที่ด้านล่าง',
  or: 'หรือเลือกพื้นที่',
  province: 'จังหวัด',
  district: 'อำเภอ / เขต',
  subdistrict: 'ตำบล / แขวง',
  choose: 'เลือก',
  dontKnow: 'ไม่ทราบ',
  areasMissing: 'โหลดรายชื่อพื้นที่ไม่ได้ในขณะนี้',
}
