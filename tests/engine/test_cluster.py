"""The manifest for Kubernetes: only fields that KubeRay's definitions have, closed by a token, and a command that is ours."""

from __future__ import annotations

import inspect
import shlex
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("yaml")

import yaml

from sightline.cli.crawls import crawl

MANIFEST = Path(__file__).parent.parent.parent / "docs" / "cluster" / "rayjob.yaml"

JOB = {"entrypoint", "backoffLimit", "shutdownAfterJobFinishes", "ttlSecondsAfterFinished", "rayClusterSpec", "submissionMode", "runtimeEnvYAML",
       "activeDeadlineSeconds", "jobId", "metadata", "clusterSelector", "suspend", "entrypointNumCpus"}  # fmt: skip
CLUSTER = {"rayVersion", "authOptions", "headGroupSpec", "workerGroupSpecs", "enableInTreeAutoscaling", "autoscalerOptions", "suspend"}
HEAD = {"serviceType", "rayStartParams", "template", "headService", "enableIngress"}
WORKERS = {"groupName", "replicas", "minReplicas", "maxReplicas", "numOfHosts", "rayStartParams", "template", "scaleStrategy"}
"""Fields of the ray.io/v1 definitions RayJobSpec, RayClusterSpec, HeadGroupSpec and WorkerGroupSpec (KubeRay's apis/ray/v1)."""


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    claim, job = yaml.safe_load_all(MANIFEST.read_text())
    assert (claim["kind"], job["apiVersion"], job["kind"]) == ("PersistentVolumeClaim", "ray.io/v1", "RayJob")
    assert claim["spec"]["accessModes"] == ["ReadWriteMany"]
    found: dict[str, Any] = job["spec"]
    return found


def test_only_fields_that_the_definitions_have(spec: dict[str, Any]) -> None:
    cluster = spec["rayClusterSpec"]
    assert spec.keys() <= JOB and cluster.keys() <= CLUSTER and cluster["headGroupSpec"].keys() <= HEAD
    for group in cluster["workerGroupSpecs"]:
        assert group.keys() <= WORKERS and group["minReplicas"] <= group["replicas"] <= group["maxReplicas"]
        assert all(isinstance(value, str) for value in group["rayStartParams"].values())
    assert all(isinstance(value, str) for value in cluster["headGroupSpec"]["rayStartParams"].values())


def test_strangers_stay_out(spec: dict[str, Any]) -> None:
    cluster = spec["rayClusterSpec"]
    assert cluster["authOptions"] == {"mode": "token"} and tuple(map(int, cluster["rayVersion"].split("."))) >= (2, 52, 0)
    assert cluster["headGroupSpec"]["serviceType"] == "ClusterIP"


def test_every_pod_has_the_shared_storage(spec: dict[str, Any]) -> None:
    cluster = spec["rayClusterSpec"]
    for group in (cluster["headGroupSpec"], *cluster["workerGroupSpecs"]):
        pod = group["template"]["spec"]
        assert pod["volumes"] == [{"name": "data", "persistentVolumeClaim": {"claimName": "sightline-data"}}]
        assert all({"name": "data", "mountPath": "/data"} in container["volumeMounts"] for container in pod["containers"])


def test_the_command_is_ours(spec: dict[str, Any]) -> None:
    words = shlex.split(spec["entrypoint"])
    known = {"--" + name.replace("_", "-") for name in inspect.signature(crawl).parameters}
    assert words[:2] == ["sightline", "crawl"]
    assert {word for word in words if word.startswith("--")} <= known
    assert words[words.index("--address") + 1] == "auto"
