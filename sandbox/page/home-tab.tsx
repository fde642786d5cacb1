import type { Pressed, ShownHome } from "../slack/person/shown";
import { Blocks } from "./blocks";
import { act } from "./calls";
import { useViewer } from "./directory";
import { FormProvider } from "./fields/form";
import { useViewForm } from "./fields/use-view-form";

/** The app's Home tab. @param onTrouble gets what could not be done, in words */
export function HomeTab({ home, onTrouble }: { home: ShownHome; onTrouble: (text: string) => void }) {
  const { me } = useViewer();
  const form = useViewForm(me.id, home.id, onTrouble);
  const press = async (at: Pressed): Promise<void> => {
    await form.sendTyped();
    await act(me.id, "press", { viewId: home.id, ...at }).catch((error: Error) => onTrouble(error.message));
  };
  return (
    <FormProvider value={form}>
      <Blocks blocks={home.blocks} buttons={home.buttons} fields={Object.values(home.fields)} onPress={press} />
    </FormProvider>
  );
}
