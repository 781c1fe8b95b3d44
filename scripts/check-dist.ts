// Builds dist/ from scratch and fails when it differs from the committed one: what users run is what the source says.
import { execFileSync } from 'node:child_process';

execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit', shell: process.platform === 'win32' });
const changes = execFileSync('git', ['status', '--porcelain', '--', 'dist'], { encoding: 'utf8' });
if (changes !== '') {
  console.error(`The committed dist/ is not what the source builds to:\n${changes}Run npm run build and commit dist/.`);
  process.exitCode = 1;
} else {
  console.log('dist/ equals a fresh build.');
}
