/**
 * Fields that take a number of pods or a percentage of them: what may stand there, and how many pods it means.
 * Models: pkg/apis/apps/validation (ValidatePositiveIntOrPercent, IsNotMoreThan100Percent) and
 * apimachinery/pkg/util/intstr, v1.36.
 */
import { invalidShown, notNegative } from './fieldErrors.ts'
import type { FieldError } from './strategy.ts'
import { percent } from './validationFormats.ts'

export function validateCountOrPercent(value: number | string, field: string): FieldError[] {
  if (typeof value === 'number') return [...notNegative(field, value)]
  const errors = percent(value).map((complaint) => invalidShown(field, value, complaint))
  if (errors.length === 0 && Number.parseInt(value, 10) > 100)
    errors.push(invalidShown(field, value, 'must not be greater than 100%'))
  return errors
}

/** The number of pods out of `total` that are meant; a percentage is rounded by `round`. */
export const countOf = (value: number | string, total: number, round: (share: number) => number): number =>
  typeof value === 'number' ? value : round((Number.parseInt(value, 10) * total) / 100)
