import type { CDPSession } from 'puppeteer-core';

/** Whether a host's certificate is taken although nobody vouches for it. */
export type AcceptCertificatesOf = (host: string) => boolean;

/** Lets the page talk to hosts whose certificates are taken, and to no other one without a good certificate. */
export async function acceptCertificates(session: CDPSession, isAccepted: AcceptCertificatesOf): Promise<void> {
  session.on('Security.certificateError', ({ eventId, requestURL }) => {
    const action = URL.canParse(requestURL) && isAccepted(new URL(requestURL).hostname) ? 'continue' : 'cancel';
    // A request that ended meanwhile needs no answer.
    session.send('Security.handleCertificateError', { eventId, action }).catch(() => undefined);
  });
  await Promise.all([session.send('Security.enable'), session.send('Security.setOverrideCertificateErrors', { override: true })]);
}
