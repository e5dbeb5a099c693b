"""Writes exact/*.json and prints the balancers' weights: the golden cases computed anew with mpmath at 40 digits.

The files beside this one hold PyTorch's numbers to nine digits, their inputs too, so that nothing computed from them can agree with them more closely. Here the nine
digits of the inputs are taken for exact, and the equations are written out once more, in nothing but sums and products: values and central differences (of a step
of 1e-15, wrong in the 30th digit) to 17 digits. Run it with python3 and mpmath 1.3: python3 exact.py
"""
import itertools, json, os
from mpmath import mp, mpf, exp, log, sqrt, matrix, eigsy, lu_solve

mp.dps = 40
HERE = os.path.dirname(os.path.abspath(__file__))
ROWS = 5


def linear(x, w, b, n):
    return [[sum(r[i] * w[i * n + c] for i in range(len(r))) + (b[c] if b else 0) for c in range(n)] for r in x]


def relu(x):
    return [[v if v > 0 else mpf(0) for v in r] for r in x]


def softmax(r):
    e = [exp(v) for v in r]
    return [v / sum(e) for v in e]


def bce(z, y):
    return log(1 + exp(z)) - y * z


def sigmoid(z):
    return 1 / (1 + exp(-z))


def experts(p, name, x, count, h):
    """One by one: [rows][experts][h], their weights lying side by side."""
    y = relu(linear(x, p[name + '/0/weight'], p[name + '/0/bias'], count * h))
    return [[r[e * h:(e + 1) * h] for e in range(count)] for r in y]


def mixed(p, name, by, blocks):
    out = []
    for r, row in enumerate(by):
        all_ = [e for block in blocks for e in block[r]]
        g = softmax(linear([row], p[name + '/weight'], None, len(all_))[0])
        out.append([sum(g[e] * all_[e][c] for e in range(len(all_))) for c in range(len(all_[0]))])
    return out


def normal(p, among, r, c, x):
    mean = sum(among) / len(among)
    return (x[r][c] - mean) / sqrt(sum((v - mean) ** 2 for v in among) / len(among) + mpf('1e-5')) * p['n/scale'][c] + p['n/shift'][c]


def batch_norm(p, x):
    return [[[normal(p, [row[c] for row in x], r, c, x) for c in range(len(x[0]))] for r in range(ROWS)]]


def layer_norm(p, x):
    return [[[normal(p, x[r], r, c, x) for c in range(len(x[0]))] for r in range(ROWS)]]


def heads(p, z):
    return [linear(z[t], p[f'head/{t}/weight'], p[f'head/{t}/bias'], 1) for t in 'ab']


def mlp(p, x):
    return [linear(relu(linear(x, p['l1/weight'], p['l1/bias'], 4)), p['l2/weight'], p['l2/bias'], 1)]


def mmoe(p, x):
    f = experts(p, 'expert', x, 3, 4)
    return heads(p, {t: mixed(p, f'gate/1/{t}', x, [f]) for t in 'ab'})


def ple(p, x):
    own, shared = {'a': x, 'b': x}, x
    for level in (1, 2):
        s = experts(p, f'level{level}/shared', shared, 1, 4)
        e = {t: experts(p, f'level{level}/own/{t}', own[t], 2, 4) for t in 'ab'}
        after = {t: mixed(p, f'gate/{level}/{t}', own[t], [e[t], s]) for t in 'ab'}
        if level == 1:
            shared = mixed(p, 'shared gate/1', shared, [e['a'], e['b'], s])
        own = after
    return heads(p, own)


def cross_stitch(p, x):
    h = {'a': x, 'b': x}
    for layer in (0, 1):
        f = {t: relu(linear(h[t], p[f'bottom/{t}/{layer}/weight'], p[f'bottom/{t}/{layer}/bias'], 4)) for t in 'ab'}
        h = {t: [[p[f'stitch/{t}/{layer}'][0] * u + p[f'stitch/{t}/{layer}'][1] * v for u, v in zip(*rows)] for rows in zip(f['a'], f['b'])] for t in 'ab'}
    return heads(p, h)


def aitm(p, x):
    q = {t: relu(linear(x, p[f'bottom/{t}/0/weight'], p[f'bottom/{t}/0/bias'], 4)) for t in 'ab'}
    passed = relu(linear(q['a'], p['transfer/b/weight'], p['transfer/b/bias'], 4))
    z = []
    for r in range(ROWS):
        u = [passed[r], q['b'][r]]
        v, k, m = (linear(u, p[f'attention/b/{part}/weight'], None, 4) for part in ('value', 'query', 'key'))
        w = softmax([sum(a * b for a, b in zip(k[i], m[i])) / 2 for i in (0, 1)])
        z.append([w[0] * v[0][c] + w[1] * v[1][c] for c in range(4)])
    return heads(p, {'a': q['a'], 'b': z})


def loss(name, logits, y):
    if name.endswith('norm'):
        return sum(v ** 3 for row in logits[0] for v in row) / sum(len(row) for row in logits[0])
    tasks = len(logits)
    total = sum(bce(logits[t][r][0], y[2 * r + t]) for t in range(tasks) for r in range(ROWS)) / (ROWS * tasks)
    if name == 'aitm':
        total += mpf(6) / 10 * sum(max(sigmoid(logits[1][r][0]) - sigmoid(logits[0][r][0]), mpf(0)) for r in range(ROWS)) / ROWS
    return total


def number(v):
    return json.loads(mp.nstr(v, 17))


def network(name):
    with open(os.path.join(HERE, name + '.json')) as file:
        golden = json.load(file, parse_float=str, parse_int=str)
    p = {k: [mpf(v) for v in values] for k, values in golden['weights'].items()}
    p['x'] = [mpf(v) for v in golden['inputs']['x']]
    y = [mpf(v) for v in golden['inputs'].get('y', [])]
    width = len(p['x']) // ROWS

    def logits():
        return globals()[name](p, [p['x'][width * r:width * (r + 1)] for r in range(ROWS)])

    out = logits()
    result = {'from': 'mpmath, 40 digits, from the nine digits that the file of the same name prints', 'loss': number(loss(name, out, y)),
              'outputs': {'y' if name.endswith('norm') else 'logits': [number(v) for r in range(ROWS) for task in out for v in task[r]]}, 'gradients': {}}
    step = mpf(10) ** -15
    for k in golden['gradients']:
        gradient = []
        for i in range(len(p[k])):
            kept = p[k][i]
            p[k][i] = kept + step
            above = loss(name, logits(), y)
            p[k][i] = kept - step
            gradient.append(number((above - loss(name, logits(), y)) / (2 * step)))
            p[k][i] = kept
        result['gradients'][k] = gradient
    os.makedirs(os.path.join(HERE, 'exact'), exist_ok=True)
    with open(os.path.join(HERE, 'exact', name + '.json'), 'w') as file:
        json.dump(result, file)
        file.write('\n')


def times(g, w):
    return [sum(a * b for a, b in zip(r, w)) for r in g]


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def solve(g, b):
    return list(lu_solve(matrix(g), matrix(b)))


def nash(g):
    w = [1 / sqrt(g[t][t]) for t in range(len(g))]
    for _ in range(60):
        slope = [u - 1 / v for u, v in zip(times(g, w), w)]
        h = [[g[i][j] + (1 / w[i] ** 2 if i == j else 0) for j in range(len(g))] for i in range(len(g))]
        move = solve(h, slope)
        t = mpf(1)
        while min(v - t * m for v, m in zip(w, move)) <= 0:
            t /= 2
        w = [v - t * m for v, m in zip(w, move)]
    return w


def cagrad(g, c, rescale):
    """The least of a convex function on the simplex: a stationary point of one of its faces, by Newton's method, that beats the others."""
    n = len(g)
    mean = [mpf(1) / n] * n
    reach = c * sqrt(dot(mean, times(g, mean)))
    lead = times(g, mean)
    value = lambda w: dot(w, lead) + reach * sqrt(dot(w, times(g, w)))
    best = None
    for size in range(1, n + 1):
        for face in itertools.combinations(range(n), size):
            w = [mpf(1) / size if t in face else mpf(0) for t in range(n)]
            # a face that the function falls on without end does not hold the least
            for _ in range(100 if size > 1 else 0):
                if max(abs(v) for v in w) > 1000:
                    break
                gw, q = times(g, w), sqrt(dot(w, times(g, w)))
                slope = [lead[t] + reach * gw[t] / q for t in range(n)]
                h = [[reach * (g[i][j] / q - gw[i] * gw[j] / q ** 3) for j in face] + [1] for i in face] + [[1] * size + [0]]
                move = solve(h, [-slope[t] for t in face] + [0])
                t = mpf(1)
                while value([w[k] + t * move[face.index(k)] if k in face else mpf(0) for k in range(n)]) > value(w) and t > mpf(10) ** -30:
                    t /= 2
                for i, k in enumerate(face):
                    w[k] += t * move[i]
            if min(w) >= 0 and (best is None or value(w) < value(best)):
                best = w
    q = sqrt(dot(best, times(g, best)))
    scale = 1 / (1 + c * c) if rescale else 1
    return [scale * (m + reach / q * b) for m, b in zip(mean, best)]


def aligned(g):
    values, vectors = eigsy(matrix(g))
    n, least = len(g), min(values)
    return [sum(vectors[r, i] * vectors[k, i] * sqrt(least / values[i]) for i in range(n) for k in range(n)) / n for r in range(n)]


def upgrad(g, ridge):
    """min v'Av with v >= e_t / T, face by face: which bounds hold with equality."""
    n = len(g)
    trace = sum(g[t][t] for t in range(n))
    a = [[g[i][j] / trace + (ridge if i == j else 0) for j in range(n)] for i in range(n)]
    total = [mpf(0)] * n
    for t in range(n):
        bound = [mpf(1) / n if i == t else mpf(0) for i in range(n)]
        best = None
        for size in range(n):
            for free in itertools.combinations(range(n), size):
                v = bound[:]
                if free:
                    found = solve([[a[i][j] for j in free] for i in free], [-sum(a[i][j] * bound[j] for j in range(n) if j not in free) for i in free])
                    for i, k in enumerate(free):
                        v[k] = found[i]
                if all(v[i] >= bound[i] for i in range(n)) and (best is None or dot(v, times(a, v)) < dot(best, times(a, best))):
                    best = v
        total = [x + y for x, y in zip(total, best)]
    return total


def pcgrad(g):
    n, total = len(g), [mpf(0)] * len(g)
    for t in range(n):
        w = [mpf(int(i == t)) for i in range(n)]
        for s in range(n):
            along = dot(g[s], w)
            if s != t and along < 0:
                w[s] -= along / g[s][s]
        total = [x + y for x, y in zip(total, w)]
    return total


def balancers():
    for rows in ([[-4, 1, 1], [6, 1, 1]], [[1, 2, 0, -1], [-2, 1, 1, mpf('.5')], [mpf('.5'), -1, 3, 1]]):
        g = [[mpf(dot(a, b)) for b in rows] for a in rows]
        norms = [sqrt(g[t][t]) for t in range(len(g))]
        shares = lambda w: [v / sum(w) for v in w]
        # all tasks are in the shortest combination, and the equal projections are as they come
        for name, w in (('mgda', shares(solve(g, [1] * len(g)))), ('pcgrad', pcgrad(g)), ('imtl_g', shares(solve(g, norms))),
                        ('cagrad .5 none', cagrad(g, mpf('.5'), False)), ('cagrad .5', cagrad(g, mpf('.5'), True)), ('cagrad .4', cagrad(g, mpf('.4'), True)),
                        ('aligned_mtl', aligned(g)), ('nash_mtl', nash(g)), ('upgrad 1e-4', upgrad(g, mpf('1e-4'))), ('upgrad 0', upgrad(g, mpf(0)))):
            step = [sum(w[t] * rows[t][i] for t in range(len(rows))) for i in range(len(rows[0]))]
            print(len(rows), name, ', '.join(mp.nstr(v, 14) for v in w), '|', ', '.join(mp.nstr(v, 14) for v in step))


if __name__ == '__main__':
    balancers()
    for case in ('batch_norm', 'layer_norm', 'mlp', 'mmoe', 'ple', 'cross_stitch', 'aitm'):
        network(case)
