import { defined } from '../../src/basics/record.ts';
import { startFakeService } from '../helpers/fake-service.ts';
import { actAsService, pageDelayMs } from './act-as-service.ts';
import { contractSuite } from './contract-suite.ts';

contractSuite((setup) =>
  startFakeService({
    script: actAsService(setup),
    ...defined({
      rateLimit: setup.rateLimit,
      capacity: setup.capacity === undefined ? undefined : { slots: setup.capacity, serviceTimeMs: pageDelayMs },
    }),
  }),
);
