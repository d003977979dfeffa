import { alertOwnersQuery, alertsQuery, answersQuery } from '../../contract/api/alerts.ts'
import { answer, answers, pageOfAlerts, showAlert } from '../../work/alerts/alerts.ts'
import { showOwners } from '../../work/alerts/owners.ts'
import { undoAnswer } from '../../work/alerts/undo.ts'
import { areaAsked, callOf, callRoutes } from '../calls.ts'
import { commandOf, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const command = commandOf('alerts')
const call = callOf('alerts')

const COMMANDS = [
  command(
    'POST /api/alerts/{id}/acknowledge',
    'alert.ack',
    'Say that you have it, with a word if need be, then or later; 409 while another has it',
    (context, id, { comment }) => answer(context, id, { type: 'acknowledge', says: comment !== undefined }, comment),
  ),
  command(
    'POST /api/alerts/{id}/take-over',
    'alert.ack',
    'Take it from who has it, with a word if need be; 409 while nobody has it',
    (context, id, { comment }) => answer(context, id, { type: 'take_over' }, comment),
  ),
  command(
    'POST /api/alerts/{id}/undo',
    'alert.ack',
    'Take back your last answer, within half a minute, when nothing has happened to it since',
    (context, id) => undoAnswer(context, id),
  ),
  command(
    'POST /api/alerts/{id}/shelve',
    'alert.ack',
    'Put it aside for some minutes: then it rings again if it is still so',
    (context, id, { minutes, comment }) => answer(context, id, { type: 'shelve', minutes }, comment),
  ),
  command('POST /api/alerts/{id}/unshelve', 'alert.ack', 'Take it up again before its time', (context, id) =>
    answer(context, id, { type: 'unshelve' }),
  ),
]

const CALLS = [
  call(
    'GET /api/alerts',
    {
      action: 'alerts.read',
      resource: areaAsked,
      summary: 'Alerts of an area and all inside it, ended ones too, newest first',
      asks: alertsQuery,
      says: 'A page of them',
    },
    pageOfAlerts,
  ),
  call(
    'GET /api/alerts/{id}',
    {
      action: 'alerts.read',
      summary: 'An alert with its history',
      says: 'The alert',
      faults: { 404: 'No such alert in your province' },
    },
    showAlert,
  ),
  call(
    'GET /api/alert-answers',
    {
      action: 'alerts.read',
      resource: areaAsked,
      summary: 'How soon the alerts of an area were answered, by the role that owns them',
      asks: answersQuery,
      says: 'Answering times',
    },
    answers,
  ),
  call(
    'GET /api/alert-owners',
    {
      action: 'alerts.read',
      resource: areaAsked,
      summary: 'The roles that have people in an area, and where: an alert of any other calls nobody',
      asks: alertOwnersQuery,
      says: 'Roles with the areas of their accounts',
    },
    showOwners,
  ),
]

export const alertRoutes = (deps: AppDeps) => commandRoutes(deps, COMMANDS, callRoutes(deps, CALLS))
