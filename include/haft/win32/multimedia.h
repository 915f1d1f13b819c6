/* haft/win32/multimedia.h: wave, MIDI, mixers, audio and video compressors. Link winmm; acm_...: msacm32; av_...: avrt; ic and
 * draw_dib: msvfw32.
 *
 *     waveOutWrite(w, &header, sizeof header);
 *     waveOutClose(w);                             WAVERR_STILLPLAYING: it is not closed, and nobody can play any more
 *
 *     if (haft_wave_out_close(&w) == HAFT_E_OS)    told, with a finding; waveOutReset first
 *
 * A close that fails leaves the device open and untracked, as every HAFT_E_OS does: reset first (waveOutReset, waveInReset,
 * midiOutReset, midiInReset). The closers return their error; the last error is not set. */
#ifndef HAFT_WIN32_MULTIMEDIA_H
#define HAFT_WIN32_MULTIMEDIA_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <mmsystem.h>
#include <mmreg.h>
#include <msacm.h>
#include <vfw.h>
#include <avrt.h>

HAFT_BEGIN_C

/*            name         raw type    none  or    space  closed */
HAFT__WRAPPER(wave_in,     HWAVEIN,    NULL, NULL, OWN,   waveInClose(raw) == MMSYSERR_NOERROR)
HAFT__WRAPPER(wave_out,    HWAVEOUT,   NULL, NULL, OWN,   waveOutClose(raw) == MMSYSERR_NOERROR)
HAFT__WRAPPER(midi_in,     HMIDIIN,    NULL, NULL, OWN,   midiInClose(raw) == MMSYSERR_NOERROR)
HAFT__WRAPPER(midi_out,    HMIDIOUT,   NULL, NULL, OWN,   midiOutClose(raw) == MMSYSERR_NOERROR)
HAFT__WRAPPER(midi_stream, HMIDISTRM,  NULL, NULL, OWN,   midiStreamClose(raw) == MMSYSERR_NOERROR)
HAFT__WRAPPER(mixer,       HMIXER,     NULL, NULL, OWN,   mixerClose(raw) == MMSYSERR_NOERROR)
HAFT__WRAPPER(mmio,        HMMIO,      NULL, NULL, OWN,   mmioClose(raw, 0) == 0)
HAFT__WRAPPER(acm_driver,  HACMDRIVER, NULL, NULL, OWN,   acmDriverClose(raw, 0) == MMSYSERR_NOERROR)
HAFT__WRAPPER(acm_stream,  HACMSTREAM, NULL, NULL, OWN,   acmStreamClose(raw, 0) == MMSYSERR_NOERROR)
HAFT__WRAPPER(av_task,     HANDLE,     NULL, NULL, OWN,   AvRevertMmThreadCharacteristics(raw))
HAFT__WRAPPER(av_group,    HANDLE,     NULL, NULL, OWN,   AvRtDeleteThreadOrderingGroup(raw))
HAFT__WRAPPER(ic,          HIC,        NULL, NULL, OWN,   ICClose(raw) == ICERR_OK)
HAFT__WRAPPER(draw_dib,    HDRAWDIB,   NULL, NULL, OWN,   DrawDibClose(raw))

HAFT_END_C
#endif

#endif
