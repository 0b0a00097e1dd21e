"""Where things lie."""

from pathlib import Path

HERE = Path(__file__).parent
CLIENTS = HERE / "clients"
SERVERS = HERE / "servers"
BUILT = HERE.parents[1] / "build" / "bench"  # thrown away by `make clean`
PEERS = BUILT / "peers"
KINTO = BUILT / "kinto"
