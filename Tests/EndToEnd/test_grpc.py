"""Every operation over gRPC with grpcio's C core, whose messages are made from Proto/ at test time."""
import importlib
import pathlib
import random
import socket
import struct
import sys

import eth_abi
import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase,
)
from grpc_tools import protoc
from jobs import Job, sign
from running_node import PATIENCE_SECONDS, ROOT

NUMBER = eth_abi.encode(["uint256"], [144])
METHOD = "/coprocessor_node.v1.CoprocessorNode/"


@pytest.fixture(scope="module")
def messages(tmp_path_factory):
    """The generated modules of both dialects."""
    output = tmp_path_factory.mktemp("proto")
    names = ["coprocessor_node/v1/coprocessor_node", "coprocessor_node/dialect_b/dialect_b"]
    files = [name + ".proto" for name in names]
    arguments = [f"-I{ROOT / 'Proto'}", f"--python_out={output}", f"--grpc_python_out={output}"]
    assert protoc.main(["protoc", *arguments, *files]) == 0
    sys.path.insert(0, str(output))
    modules = [importlib.import_module(name.replace("/", ".") + "_pb2") for name in names]
    stubs = importlib.import_module("coprocessor_node.v1.coprocessor_node_pb2_grpc")
    return modules[0], modules[1], stubs


@pytest.fixture(scope="module", params=["grpc address", "common address"])
def channel(node, request):
    target = node.grpc if request.param == "grpc address" else node.rest.removeprefix("http://")
    with grpc.insecure_channel(target, options=[("grpc.max_send_message_length", 64 << 20)]) as channel:
        yield channel


@pytest.fixture
def stub(channel, messages):
    return messages[2].CoprocessorNodeStub(channel)


def failure(call, message, timeout=PATIENCE_SECONDS):
    with pytest.raises(grpc.RpcError) as caught:
        call(message, timeout=timeout)
    error = caught.value
    reason = dict(error.trailing_metadata() or ()).get("tandem-reason")
    return error.code(), reason, error.details()


def submission(pb, job, **changes):
    fields = dict(
        request=job.request, signature=job.signature, offchain_input=job.offchain, state=job.state)
    return pb.SubmitJobRequest(**{**fields, **changes})


def test_every_operation(node, stub, messages, elfs):
    pb = messages[0]
    elf = elfs["square-root", "sp1"]
    program = stub.SubmitProgram(pb.SubmitProgramRequest(program_elf=elf, vm_type=pb.Sp1)).program_id
    assert stub.ContainsProgram(pb.ContainsProgramRequest(program_id=program)).contains
    assert not stub.ContainsProgram(pb.ContainsProgramRequest(program_id=bytes(32))).contains

    job = Job(random.getrandbits(48), program, onchain=NUMBER)
    consumer = bytes.fromhex(job.consumer[2:])
    job_id = stub.SubmitJob(submission(pb, job)).job_id
    assert "0x" + job_id.hex() == job.id
    node.wait_until(job.id, "DONE")
    result = stub.GetResult(pb.GetResultRequest(job_id=job_id)).job_result
    assert result.status.status == pb.JOB_STATUS_TYPE_DONE
    assert result.onchain_input == NUMBER
    assert result.result_with_metadata.hex() == node.job(job.id).json()["result_with_metadata"][2:]
    assert len(result.zkvm_operator_signature) == 65
    pending = stub.GetPendingJobs(pb.GetPendingJobsRequest(consumer_address=consumer)).pending_jobs
    assert job.nonce not in pending
    next_nonce = stub.GetNextNonce(pb.GetNextNonceRequest(consumer_address=consumer)).nonce
    assert next_nonce > job.nonce

    estimate = stub.EstimateJob(pb.EstimateJobRequest(program_id=program, onchain_input=NUMBER))
    assert estimate.output == eth_abi.encode(["uint256", "uint256"], [144, 12])
    exact = pb.EstimateJobRequest(
        program_id=program, onchain_input=NUMBER, max_cycles=estimate.cycles)
    assert stub.EstimateJob(exact).output == estimate.output
    exact.max_cycles -= 1
    assert "cycle" in stub.EstimateJob(exact).failure_reason

    cancel = pb.CancelJobRequest(job_id=job_id, signature=sign(b"tandem:cancel:" + job_id))
    code, reason, _ = failure(stub.CancelJob, cancel)
    assert (code, reason) == (grpc.StatusCode.FAILED_PRECONDITION, "JOB_FINISHED")


def test_the_later_numbering(node, channel, messages, elfs):
    """A client of dialect B: field 4 is the strategy, field 2 of a program its id."""
    pb, pb_b, _ = messages
    label = random.randbytes(32)
    submit_program = channel.unary_unary(
        METHOD + "SubmitProgram", pb_b.SubmitProgramRequest.SerializeToString,
        pb.SubmitProgramResponse.FromString)
    program = submit_program(
        pb_b.SubmitProgramRequest(program_elf=elfs["balance", "sp1"], program_id=label)).program_id
    assert program == label
    submit_job = channel.unary_unary(
        METHOD + "SubmitJob", pb_b.SubmitJobRequest.SerializeToString, pb.SubmitJobResponse.FromString)
    address = eth_abi.encode(["address"], ["0x" + "45" * 20])
    job = Job(random.getrandbits(48), program, onchain=address, dialect="b")
    submit_job(pb_b.SubmitJobRequest(
        request=job.request, signature=job.signature, relay_strategy=pb.Ordered))
    done = node.wait_until(job.id, "DONE", "FAILED")
    assert (done["status"], done["relay_strategy"]) == ("DONE", "ordered"), done


def test_refusals_carry_code_reason_and_message(stub, messages, square_root):
    pb = messages[0]
    job = Job(random.getrandbits(48), square_root, onchain=NUMBER)
    code = grpc.StatusCode
    cases = [
        (stub.SubmitJob, submission(pb, job, request=b"\x01"), code.INVALID_ARGUMENT, "INVALID_REQUEST_ENCODING"),
        (stub.SubmitJob, submission(pb, job, signature=bytes(65)), code.UNAUTHENTICATED, "SIGNATURE_INVALID"),
        (stub.SubmitJob, submission(pb, job, offchain_input=b"x"), code.INVALID_ARGUMENT, "OFFCHAIN_INPUT_HASH_MISMATCH"),
        (stub.GetResult, pb.GetResultRequest(job_id=b"\x01"), code.INVALID_ARGUMENT, "INVALID_FIELD"),
        (stub.GetResult, pb.GetResultRequest(job_id=bytes(32)), code.NOT_FOUND, "UNKNOWN_JOB"),
        (stub.SubmitProgram, pb.SubmitProgramRequest(), code.INVALID_ARGUMENT, "PROGRAM_EMPTY"),
        (stub.SubmitProgram, pb.SubmitProgramRequest(program_elf=b"x"), code.INVALID_ARGUMENT, "PROGRAM_INVALID"),
    ]
    for call, message, expected_code, expected_reason in cases:
        found_code, reason, details = failure(call, message)
        assert (found_code, reason) == (expected_code, expected_reason), details
        assert details
    job.program = bytes(32)
    assert failure(stub.SubmitJob, submission(pb, job))[:2] == (code.NOT_FOUND, "UNKNOWN_PROGRAM")


def test_unknown_methods_and_bytes_that_are_no_message(channel):
    identity = lambda x: x  # noqa: E731
    unknown = channel.unary_unary(METHOD + "Nothing", identity, identity)
    assert failure(unknown, b"")[0] == grpc.StatusCode.UNIMPLEMENTED
    garbled = channel.unary_unary(METHOD + "GetResult", identity, identity)
    code, reason, _ = failure(garbled, b"\x0a\xff")
    assert (code, reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_BODY")


def test_messages_over_the_limit(channel):
    identity = lambda x: x  # noqa: E731
    call = channel.unary_unary(METHOD + "SubmitJob", identity, identity)
    assert failure(call, bytes(9 << 20))[0] == grpc.StatusCode.RESOURCE_EXHAUSTED


def test_health_and_reflection(channel):
    health = health_pb2_grpc.HealthStub(channel)
    answer = health.Check(health_pb2.HealthCheckRequest())
    assert answer.status == health_pb2.HealthCheckResponse.SERVING
    code, _, _ = failure(health.Check, health_pb2.HealthCheckRequest(service="nothing"))
    assert code == grpc.StatusCode.NOT_FOUND
    database = ProtoReflectionDescriptorDatabase(channel)
    assert "coprocessor_node.v1.CoprocessorNode" in database.get_services()
    file = database.FindFileContainingSymbol("coprocessor_node.v1.CoprocessorNode")
    assert "SubmitJob" in [m.name for m in file.service[0].method]


def h2_call(node, body, headers=(), end=True):
    """One call by hand, with python's h2: the trailers, or None when the stream was reset."""
    import h2.connection
    import h2.events

    host, port = node.grpc.split(":")
    connection = h2.connection.H2Connection()
    connection.initiate_connection()
    stream = connection.get_next_available_stream_id()
    connection.send_headers(stream, [
        (":method", "POST"), (":scheme", "http"), (":path", METHOD + "GetResult"),
        (":authority", "node"), ("content-type", "application/grpc"), ("te", "trailers"), *headers])
    connection.send_data(stream, body, end_stream=end)
    found = {}
    with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as raw:
        raw.sendall(connection.data_to_send())
        while True:
            data = raw.recv(65536)
            if not data:
                return found
            for event in connection.receive_data(data):
                if isinstance(event, (h2.events.TrailersReceived, h2.events.ResponseReceived)):
                    found.update({k.decode(): v.decode() for k, v in event.headers})
                if isinstance(event, h2.events.StreamReset):
                    return {"reset": event.error_code}
                if isinstance(event, h2.events.StreamEnded):
                    return found
            raw.sendall(connection.data_to_send())


def test_frames_that_are_wrong(node):
    message = b"\x0a\x20" + bytes(32)
    whole = b"\0" + struct.pack(">I", len(message)) + message
    assert h2_call(node, whole)["grpc-status"] == "5"
    assert h2_call(node, whole[:-1])["grpc-status"] not in ("0", "5")
    assert h2_call(node, b"\0\xff\xff\xff\xff")["grpc-status"] not in ("0", "5")
    assert h2_call(node, whole + whole)["grpc-status"] not in ("0", "5")
    compressed = b"\1" + whole[1:]
    answer = h2_call(node, compressed, [("grpc-encoding", "snappy")])
    assert answer["grpc-status"] == "12"
    assert "identity" in answer["grpc-accept-encoding"]
    assert h2_call(node, whole, [("grpc-timeout", "200S")])["grpc-status"] == "5"
