// The data block, as the engine writes it: README.md says what each key is.

/**
 * @typedef {object} Block
 * @property {string} schema `prioritise/workshop/1`
 * @property {string} engine
 * @property {{title: string, partnership: string, period: string, digest: string}} assessment
 * @property {Rules} rules
 * @property {Criterion[]} criteria
 * @property {Group[]} groups
 * @property {Tier[]} tiers
 * @property {Gate[]} gates
 * @property {{code: string, title: string}[]} lists
 * @property {Candidate[]} candidates in the order of their ids
 * @property {{candidates?: string}} off what is switched off for all, and why
 *
 * @typedef {object} Rules
 * @property {string} name
 * @property {string} version
 * @property {string} digest
 * @property {string} because why the weights are what they are; may be empty
 * @property {number} scale
 * @property {number} decimals
 * @property {string} combine
 * @property {import("./formula.js").Formula} [formula] of a script that is plain arithmetic
 * @property {string[]} ties
 * @property {boolean} [ties_separate] whether those that they order have ranks of their own
 * @property {number | null} told_apart in units of the decimals
 * @property {{answered: number | null, published: number | null} | null} too_little
 * @property {string} method how people are asked unless they choose: `swing`, `points`, `rank-order` or `pairwise`
 *
 * @typedef {object} Criterion
 * @property {string} id
 * @property {string} title
 * @property {string} question
 * @property {string} unit
 * @property {string | null} group
 * @property {string} weight
 * @property {string} missing the policy's word
 * @property {string} swing in words: `from 0 to 2,500 recorded a year`
 * @property {[string, string] | null} range its two measures as `elicit` writes them
 * @property {string} span how much of the way from 0 to 1 the swing is
 * @property {boolean} [stated] whether its measure reads no evidence
 * @property {Judge | null} judge
 * @property {string | null} fixed why its answers can't be changed here
 *
 * How an answer is judged: each score that can be with its value, or points with straight lines between them.
 * @typedef {object} Judge
 * @property {string} evidence
 * @property {string} from
 * @property {string} to
 * @property {string} step
 * @property {number} decimals
 * @property {[string, number][]} [table]
 * @property {[string, string][]} [points]
 *
 * @typedef {{id: string, title: string, in: string | null, weight: string | null, span: string, way: string | null, beside?: boolean, formula?: import("./formula.js").Formula}} Group
 * @typedef {{id: string, title: string, places?: number, at_least?: number, one_of_a_family?: boolean}} Tier
 * @typedef {{id: string, title: string, effect: string, tier: string | null}} Gate
 *
 * @typedef {object} Candidate
 * @property {string} id
 * @property {string} title
 * @property {string} [about]
 * @property {number} [list] by number in `lists`; 0 unless told
 * @property {string} [family] the id that its family is named for; its own unless told
 * @property {Fired[]} [gates] those that fire, or could with another score, in the order of the rules
 * @property {{outcome: string, reason: string, by: string, place?: number}} [decision]
 * @property {Cell[]} cells one for each question
 * @property {Record<string, Triple>} [scores] of groups whose score only the command makes
 * @property {Is} is what the command found
 *
 * A figure with its least and most; none where there is no most.
 * @typedef {[number, number, number | null]} Triple
 *
 * @typedef {object} Cell
 * @property {Triple} v the value, in units of the fine decimals
 * @property {string} [m] the measure, with its unit
 * @property {string} because
 * @property {boolean} [missing] whether nothing is known; `because` says why
 * @property {boolean} [figures] whether figures answer it, without judgement
 * @property {string[]} [by] the roles of those who judged it
 * @property {string} [fixed] why this answer can't be changed here
 * @property {Triple} [f] the factor, where the total multiplies
 * @property {Record<string, number>} [factors] the same for each score
 *
 * That a gate fires, and why; with `criterion`, only for these scores.
 * @typedef {{gate: string, reason: string, criterion?: string, scores?: string[], filed?: boolean}} Fired
 *
 * @typedef {object} Is
 * @property {number | null} rank
 * @property {number | null} total in units of the decimals
 * @property {[number, number] | null} [range] what is left out is not compared
 * @property {string} tier
 */

export const SCHEMA = "prioritise/workshop/1";
