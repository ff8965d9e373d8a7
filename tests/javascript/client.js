// Runs the calls of LinkedIn's own client against the emulator: node client.js <settings as JSON>
// It prints a line for each call. A call that fails ends the process with exit code 1.
'use strict';
const assert = require('node:assert');
const { createRequire } = require('node:module');
const { AuthClient, RestliClient } = require('linkedin-api-client');
const axios = createRequire(require.resolve('linkedin-api-client'))('axios');

const settings = JSON.parse(process.argv[2]);
const auth = new AuthClient({ clientId: settings.clientId, clientSecret: settings.clientSecret, redirectUrl: 'http://localhost:8912/callback' });
const restli = new RestliClient();

// The client has LinkedIn's addresses built in.
for (const instance of [axios.default ?? axios, restli.axiosInstance]) {
  instance.interceptors.request.use(request => {
    request.url = request.url.replace(/^https:\/\/(api|www)\.linkedin\.com/, settings.origin);
    return request;
  });
}

const key = (tcrmCandidateId, tcrmResumeId) =>
  ({ dataProvider: 'PARTNER', integrationContext: 'urn:li:organization:1234567890', tcrmCandidateId, tcrmResumeId });
const oddKeys = [key('x.y[0]~z*', "!a'(b),c:d/e f+g%h"), key('Müller', '1')];
const manyKeys = Array.from({ length: 100 }, (_, i) => key(`C-${i}`, `R!*-${i}`));
const entity = { resumeFile: settings.resumeFile, tcrmCreatedAt: 1670935153000 };

function done(name) {
  console.log(name);
}

async function signIn() {
  const application = await auth.getTwoLeggedAccessToken();
  assert.ok(application.access_token);
  done('getTwoLeggedAccessToken');

  const { data } = await auth.introspectAccessToken(application.access_token);
  assert.strictEqual(data.active, true);
  done('introspectAccessToken');

  const url = auth.generateMemberAuthorizationUrl(['r_sales_nav_analytics', 'r_sales_nav_validation'], 'state');
  const redirect = await axios.get(url, { maxRedirects: 0, validateStatus: status => status === 302 });
  const code = new URL(redirect.headers.location).searchParams.get('code');
  const member = await auth.exchangeAuthCodeForAccessToken(code);
  assert.ok(member.access_token);
  done('exchangeAuthCodeForAccessToken');

  assert.ok((await auth.exchangeRefreshTokenForAccessToken(settings.refreshToken)).access_token);
  done('exchangeRefreshTokenForAccessToken');
}

async function callEndpoints(versionString) {
  const common = { accessToken: settings.accessToken, versionString };
  const crmInstanceId = 'urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)';

  const created = await restli.create({
    ...common, resourcePath: '/crmDataValidationExportJobs', queryParams: { crmInstanceId }, entity: { exportStartAt: 1533772800000 } });
  assert.strictEqual(created.status, 201);
  const validation = await restli.get({
    ...common, resourcePath: '/crmDataValidationExportJobs/{id}', pathKeys: { id: created.createdEntityId }, queryParams: { crmInstanceId } });
  assert.strictEqual(validation.data.status, 'COMPLETED');
  done(`crmDataValidationExportJobs ${versionString}`);

  const contracts = await restli.finder({ ...common, resourcePath: '/salesContracts', finderName: 'contractsByMember' });
  const contract = contracts.data.elements[0].contract;
  const exported = await restli.action({
    ...common, resourcePath: '/salesAnalyticsExportJobs', actionName: 'exportActivityData',
    data: { startAt: 1700000000000, endAt: 1700086400000, contract } });
  const id = exported.data.value.id;
  const job = await restli.get({ ...common, resourcePath: '/salesAnalyticsExportJobs/{id}', pathKeys: { id }, queryParams: { contract } });
  assert.strictEqual(job.data.rowCount, 24);
  done(`salesAnalyticsExportJobs ${versionString}`);

  for (const ids of [oddKeys, manyKeys]) {
    const written = await restli.batchUpdate({ ...common, resourcePath: '/tcrmCandidateResumes', ids, entities: ids.map(() => entity) });
    assert.deepStrictEqual(written.data.errors, {});
    assert.strictEqual(Object.keys(written.data.results).length, ids.length);
    done(`batchUpdate ${ids.length} ${written.config.method} ${versionString}`);
  }
  const removed = await restli.batchDelete({ ...common, resourcePath: '/tcrmCandidateResumes', ids: oddKeys });
  assert.deepStrictEqual(removed.data.errors, {});
  done(`batchDelete ${versionString}`);
}

signIn()
  .then(() => callEndpoints(null))
  .then(() => callEndpoints('202603'))
  .catch(error => {
    console.error(error.message, error.response?.data ?? '');
    process.exitCode = 1;
  });
