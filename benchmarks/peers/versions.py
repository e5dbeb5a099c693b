"""What a figure was measured with: it goes beside every figure."""
import importlib
import os
import platform
import subprocess


def cpu():
    """The processor's name and the number of cores that this process may use."""
    name = platform.processor() or platform.machine()
    if os.path.exists('/proc/cpuinfo'):
        with open('/proc/cpuinfo') as lines:
            name = next((line.split(':', 1)[1].strip() for line in lines if line.startswith('model name')), name)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count()
    return name, cores


def output(*command):
    """The first line that a command prints, or a dash where there is no such command."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip().splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return '-'


def products():
    """The library that does PyTorch's matrix products; without a fast one its figures say nothing about PyTorch."""
    try:
        import torch
        import threadpoolctl
        if torch.backends.mkl.is_available(): return 'mkl'
        torch.mm(torch.ones(4, 4), torch.ones(4, 4))
        loaded = [pool for pool in threadpoolctl.threadpool_info() if pool['user_api'] == 'blas']
        return ', '.join(f"{pool['internal_api']} {pool['version']} ({pool.get('threading_layer', '-')})" for pool in loaded) or 'reference BLAS'
    except ImportError:
        return '-'


def versions():
    found = {'python': platform.python_version(), 'system': platform.platform(), 'dotnet': output('dotnet', '--version')}
    for name in ('torch', 'numpy', 'pandas', 'sklearn'):
        try:
            found[name] = importlib.import_module(name).__version__
        except ImportError:
            found[name] = '-'
    found['products'] = products()
    found['node'] = output('node', '--version')
    found['onnxruntime'] = output('node', '-p', "require('onnxruntime-node/package.json').version")
    return found


if __name__ == '__main__':
    name, cores = cpu()
    print(f'{name}, {cores} cores')
    for key, value in versions().items():
        print(f'{key} {value}')
