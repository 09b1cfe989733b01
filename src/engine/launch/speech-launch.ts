import type { Precision } from '../catalogue/types';
import { commandText, narrowCheckpoint, wideTypes } from './serving-text';
import { runsOn, taskFormOf, type LaunchTask } from './task-text';
import type { LaunchSettings } from './types';

/** What starts one copy of a speech model in each tool that runs on the accelerator. */
export function speechLaunch(task: LaunchTask): LaunchSettings[] {
  return [
    ...(runsOn(task, ['NVIDIA', 'AMD', 'Intel']) ? [vllmSpeechLaunch(task)] : []),
    ...(runsOn(task, ['NVIDIA'], true) ? [fasterWhisperLaunch(task)] : []),
    whisperCppLaunch(task),
  ];
}

/**
 * The command of vLLM for one copy of a speech model.
 *
 * Leaves out: the model's context, which it reads from the checkpoint.
 * Source: examples/online_serving/openai_transcription_client.py, https://github.com/vllm-project/vllm, and
 * https://docs.vllm.ai/en/v0.8.5/serving/engine_args.html, read 2026-11-30.
 */
function vllmSpeechLaunch(task: LaunchTask): LaunchSettings {
  const { precision, batch } = task;
  const dtype = wideTypes[precision];
  return {
    tool: 'vLLM',
    form: taskFormOf('Command', 'CHECKPOINT is a checkpoint', task),
    text: commandText('vllm serve CHECKPOINT', [
      `--max-num-seqs ${String(batch)}`,
      ...(dtype ? [`--dtype ${dtype}`] : []),
      ...(precision === 'fp8' ? ['--quantization fp8'] : []),
    ]),
    cannot: [
      'Recordings are sent one by one to /v1/audio/transcriptions; reading them needs the extra packages of vllm[audio].',
      ...(precision === 'fp8'
        ? ['A checkpoint already stored in FP8 needs no --quantization.']
        : []),
      ...narrowCheckpoint(precision),
    ],
    source: 'vllm-project/vllm, transcription example and engine arguments, read 2026-11-30',
  };
}

/** Numbers that CTranslate2 computes in, as it spells them. */
const computeTypes: Readonly<Partial<Record<Precision, string>>> = {
  fp32: 'float32',
  bf16: 'bfloat16',
  fp16: 'float16',
  int8: 'int8',
};

/**
 * The program that transcribes recordings with faster-whisper.
 *
 * Leaves out: a server around it.
 * Source: README.md, https://github.com/SYSTRAN/faster-whisper (BatchedInferencePipeline, compute_type), read 2026-11-30; types of
 * CTranslate2 from memory.
 */
function fasterWhisperLaunch(task: LaunchTask): LaunchSettings {
  const { precision, batch, isOnCpu } = task;
  const type = computeTypes[precision];
  return {
    tool: 'faster-whisper',
    form: taskFormOf('Program in Python', 'CHECKPOINT is the name or a converted checkpoint', task),
    text: [
      'from faster_whisper import BatchedInferencePipeline, WhisperModel',
      '',
      `model = WhisperModel("CHECKPOINT", device="${isOnCpu ? 'cpu' : 'cuda'}", compute_type="${type ?? 'float16'}")`,
      'pipeline = BatchedInferencePipeline(model=model)',
      `segments, info = pipeline.transcribe("RECORDING", batch_size=${String(batch)})`,
      'text = "".join(segment.text for segment in segments)',
    ].join('\n'),
    cannot: [
      'It is a program, not a server, and gathers windows of one recording at a time.',
      ...(type === undefined
        ? [`It does not compute in ${precision.toUpperCase()}: it is told 16 bits here.`]
        : []),
    ],
    source: 'SYSTRAN/faster-whisper, README, read 2026-11-30',
  };
}

/**
 * The command of whisper.cpp's server for one copy of a speech model.
 *
 * Leaves out: threads, which are those of the machine.
 * Source: examples/server/README.md at 41e789e, https://github.com/ggml-org/whisper.cpp, read 2026-11-30.
 */
function whisperCppLaunch(task: LaunchTask): LaunchSettings {
  const { precision, batch } = task;
  return {
    tool: 'whisper.cpp',
    form: taskFormOf('Command', 'CHECKPOINT.bin is a model in the format of ggml', task),
    text: commandText('whisper-server --model CHECKPOINT.bin', [
      '--host 0.0.0.0',
      '--port 8080',
      '--language auto',
      '--convert',
    ]),
    cannot: [
      ...(batch > 1
        ? [
            `It works on one recording at a time, window by window, not on ${String(batch)} windows at once: expect less than planned.`,
          ]
        : []),
      `The file must be stored in a format as wide as ${precision.toUpperCase()}.`,
    ],
    source: 'ggml-org/whisper.cpp, examples/server/README.md, read 2026-11-30',
  };
}
