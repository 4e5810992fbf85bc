/** A department as the generator staffs it. */
export interface Department {
  readonly name: string;
  readonly costCenter: string;
  /** Share of the people, relative to the others. */
  readonly weight: number;
  readonly head: string;
  /** Title of those who have reports and are not the head. */
  readonly lead: string;
  readonly titles: readonly string[];
}

/** Departments of a maker of instruments; the head of the first one leads the organisation. */
export const departments: readonly Department[] = [
  {
    name: 'Executive Office',
    costCenter: 'CC-1000',
    weight: 1,
    head: 'Chief Executive Officer',
    lead: 'Chief of Staff',
    titles: ['Executive Assistant', 'Strategy Analyst', 'Corporate Counsel'],
  },
  {
    name: 'Engineering',
    costCenter: 'CC-4100',
    weight: 9,
    head: 'VP Engineering',
    lead: 'Engineering Manager',
    titles: ['Software Engineer', 'Senior Software Engineer', 'Site Reliability Engineer', 'Test Engineer'],
  },
  {
    name: 'Sales',
    costCenter: 'CC-2200',
    weight: 6,
    head: 'VP Sales',
    lead: 'Regional Sales Manager',
    titles: ['Account Executive', 'Sales Engineer', 'Sales Development Representative'],
  },
  {
    name: 'Customer Support',
    costCenter: 'CC-2600',
    weight: 5,
    head: 'Director of Customer Support',
    lead: 'Support Team Lead',
    titles: ['Support Engineer', 'Support Specialist', 'Customer Success Manager'],
  },
  {
    name: 'Research & Development',
    costCenter: 'CC-4300',
    weight: 4,
    head: 'Director of Research',
    lead: 'Principal Scientist',
    titles: ['Research Scientist', 'Optics Engineer', 'Firmware Engineer'],
  },
  {
    name: 'Operations',
    costCenter: 'CC-3100',
    weight: 4,
    head: 'Chief Operating Officer',
    lead: 'Operations Manager',
    titles: ['Supply Chain Planner', 'Logistics Coordinator', 'Facilities Technician', 'Buyer'],
  },
  {
    name: 'Finance',
    costCenter: 'CC-1200',
    weight: 3,
    head: 'Chief Financial Officer',
    lead: 'Finance Manager',
    titles: ['Accountant', 'Financial Analyst', 'Payroll Specialist', 'Controller'],
  },
  {
    name: 'Marketing',
    costCenter: 'CC-2400',
    weight: 3,
    head: 'Chief Marketing Officer',
    lead: 'Marketing Manager',
    titles: ['Content Strategist', 'Product Marketing Manager', 'Brand Designer'],
  },
  {
    name: 'Information Technology',
    costCenter: 'CC-1500',
    weight: 2,
    head: 'Director of IT',
    lead: 'IT Manager',
    titles: ['Systems Administrator', 'IT Support Technician', 'Identity Engineer', 'Security Analyst'],
  },
  {
    name: 'People & Culture',
    costCenter: 'CC-1400',
    weight: 2,
    head: 'Chief People Officer',
    lead: 'People Partner Lead',
    titles: ['People Partner', 'Recruiter', 'Learning Specialist'],
  },
];
