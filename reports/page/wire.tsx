import { countWire } from '../writers/wire-count.ts';
import { useView } from './view.ts';

/** How many requests of each method got which class of answer. */
export function Wire() {
  const { total, classes, methods, failures } = countWire(useView().model.report.exchanges);
  if (total === 0) return null;
  return (
    <section>
      <h2 id="wire">On the wire</h2>
      <table class="wire" aria-labelledby="wire">
        <thead>
          <tr>
            <th scope="col">Method</th>
            <th scope="col">Sent</th>
            {classes.map(name => (
              <th key={name} scope="col">
                {name === 'none' ? 'no answer' : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {methods.map(({ method, total, byClass }) => (
            <tr key={method}>
              <th scope="row">{method}</th>
              <td>{total.toLocaleString('en-US')}</td>
              {classes.map(name => (
                <td key={name}>
                  {byClass[name] === 0 ? <span class="muted">0</span> : byClass[name].toLocaleString('en-US')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {failures.length > 0 && (
        <p>Broken answers: {failures.map(([code, count]) => `${code} ${count.toLocaleString('en-US')}`).join(', ')}</p>
      )}
    </section>
  );
}
